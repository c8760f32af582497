import { z } from 'zod';
import { maxOffset } from '../../values/cursor.ts';
import { integer, integerFrom } from '../kit/wire.ts';
import { known } from '../kit/words.ts';

/** The query of a list that is paged by position. */
export const offsetPage = z.object({
  limit: integer(1, 100).default(20).describe('The number of items to return at most.'),
  offset: integerFrom(0)
    .default(0)
    .describe(`The number of items to skip. Past ${maxOffset.toLocaleString('en')} the page is empty; \`total\` is right all the same.`),
});

type Query = z.output<typeof offsetPage>;

/** Past the most that the schema skips, the smallest page is requested, for its total alone. */
export function offsetVariables({ limit, offset }: Query) {
  return offset > maxOffset ? { first: 1, offset: 0 } : { first: limit, offset };
}

/** The same as `offsetVariables`. */
export const offsetRecipe = {
  first: `query.offset > ${maxOffset} ? 1 : query.limit`,
  offset: `query.offset > ${maxOffset} ? 0 : query.offset`,
};

/** The schema's argument → the parameter. */
export const offsetFields = { first: 'limit', offset: 'offset' };

interface Page<Item> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean };
  nodes: readonly Item[];
}

export function presentOffsetPage<Item, Presented>(page: Page<Item> | null, { offset }: Query, present: (item: Item) => Presented) {
  const { nodes, pageInfo, totalCount } = known(page);
  if (offset > maxOffset) return { data: [], hasMore: false, total: totalCount };
  return { data: nodes.map(present), hasMore: pageInfo.hasNextPage, total: totalCount };
}

import { z } from 'zod';
import { maxOffset } from '../../values/cursor.ts';
import { isMoreThan, when } from '../kit/mapping/combine.ts';
import type { ParametersOf } from '../kit/mapping/expression.ts';
import { notNull } from '../kit/present.ts';
import { integer, integerFrom } from '../kit/request/parameters.ts';

/** The query of a list that is paged by position. */
export const offsetPage = z.object({
  limit: integer(1, 100).default(20).describe('The maximum number of items to return.'),
  offset: integerFrom(0)
    .default(0)
    .describe(`The number of items to skip. Beyond ${maxOffset.toLocaleString('en')} the page is empty; \`total\` is still right.`),
});

/** Requests the smallest page, only for its total, if the offset is beyond the schema's largest one. */
export function offsetVariables({ limit, offset }: Pick<ParametersOf<typeof offsetPage>, 'limit' | 'offset'>) {
  const isBeyond = isMoreThan(offset, maxOffset);
  return { first: when(isBeyond, 1, limit), offset: when(isBeyond, 0, offset) };
}

interface Page<Item> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean };
  nodes: readonly Item[];
}

export function presentOffsetPage<Item, Presented>(
  page: Page<Item> | null,
  { offset }: { offset: number },
  present: (item: Item) => Presented,
) {
  const { nodes, pageInfo, totalCount } = notNull(page);
  if (offset > maxOffset) return { data: [], hasMore: false, total: totalCount };
  return { data: nodes.map(present), hasMore: pageInfo.hasNextPage, total: totalCount };
}

import { z } from 'zod';
import { integer } from '../wire.ts';

/** The query of a list that is paged by position. */
export const offsetPage = z.object({
  limit: integer(1, 100).default(20).describe('How many conversations to return at most.'),
  offset: integer(0, 1_000_000).default(0).describe('How many to skip.'),
});
export const offsetRecipe = { first: 'query.limit', offset: 'query.offset' };

/** What the schema calls its parameters. */
export const offsetFields = { first: 'limit', offset: 'offset' };

interface Page<Item> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean };
  nodes: readonly Item[];
}

export function presentOffsetPage<Item, Presented>({ nodes, pageInfo, totalCount }: Page<Item>, present: (item: Item) => Presented) {
  return { data: nodes.map(present), hasMore: pageInfo.hasNextPage, total: totalCount };
}

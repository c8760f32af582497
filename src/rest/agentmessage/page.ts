import { integer } from '../wire.ts';

export const limit = integer(1, 200).default(50);

/** What the schema calls the parameters of a page. */
export const pageFields = { first: 'limit', after: 'cursor' };

interface Page<Item> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: readonly Item[];
}

/** The contract's envelope around one page. */
export function envelope<Item>({ totalCount, pageInfo, nodes }: Page<Item>, limit: number, present: (item: Item) => object): object {
  return {
    success: true,
    data: nodes.map(present),
    meta: { total: totalCount, limit, offset: 0, next_cursor: pageInfo.hasNextPage ? pageInfo.endCursor : null },
  };
}

import { integer } from '../kit/wire.ts';
import { known } from '../kit/words.ts';

export const limit = integer(1, 200).default(50).describe('How many items a page has at most.');

/** What the schema calls the parameters of a page. */
export const pageFields = { first: 'limit', after: 'cursor' };

interface Page<Item> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: readonly Item[];
}

/** The contract's envelope around one page. */
export function envelope<Item, Presented>(page: Page<Item> | null, limit: number, present: (item: Item) => Presented) {
  const { totalCount, pageInfo, nodes } = known(page);
  const meta = { total: totalCount, limit, offset: 0 as const, next_cursor: pageInfo.hasNextPage ? pageInfo.endCursor : null };
  return { success: true as const, data: nodes.map(present), meta };
}

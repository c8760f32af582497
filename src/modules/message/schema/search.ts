import type { Context } from '../../../graphql/context.ts';
import { type Connection, resolveConnection } from '../../../graphql/schema/connection.ts';
import { type ConnectionArgs, readPage } from '../../../graphql/schema/page-arguments.ts';
import { searchListing } from '../search/listing.ts';
import { readSample } from '../search/sample.ts';
import type { Search } from '../search/search.ts';
import { chooseWays, type Ways } from '../search/ways.ts';
import { messageOrdering } from '../store/listing.ts';
import type { MessageRow } from '../store/rows.ts';

/** Resolves one page of a search. `counted`: the total is requested. @throws BAD_USER_INPUT for invalid page arguments */
export async function resolveSearch(
  context: Context,
  organizationId: string,
  search: Search,
  args: ConnectionArgs,
  counted: boolean,
): Promise<Connection<MessageRow>> {
  const page = readPage(args, messageOrdering(search.descending));
  const read = (by: Ways, withTotal: boolean) =>
    resolveConnection(context, searchListing(search, by, page, withTotal), args, organizationId);
  if (search.terms.length === 0) return read({ page: 'time', within: null, total: 'time', indexed: [] }, counted);
  const sample = await readSample(context.database, organizationId, search, page);
  const mayGiveUp = (page.fromEnd ? page.after : page.before) === null;
  const ways = chooseWays(search.terms, sample, page.limit + 1, mayGiveUp);
  const found = await read(ways, counted);
  const { hasNextPage, hasPreviousPage } = found.pageInfo;
  if (ways.within === null || (page.fromEnd ? hasPreviousPage : hasNextPage)) return found;
  const all = await read({ ...ways, page: 'index', within: null }, false);
  return { ...all, totalCount: found.totalCount };
}

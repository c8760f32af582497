import type { Pivot } from '../../database/around.ts';
import type { KeysetPage, KeysetQuery, Page } from '../../database/keyset.ts';
import { badInput, ParleyError } from '../../errors.ts';
import { decodeCursor, encodeCursor, maxOffset, type Ordering } from '../../values/cursor.ts';
import type { Context } from '../context.ts';
import { defaultPageSize, maxPageSize } from '../limits.ts';
import { sizeArgument } from './size-argument.ts';

/** The description of the argument `offset`. */
export const offsetDescription = `The number of items to skip, 0 to ${maxOffset.toLocaleString('en')}, default 0; not with \`last\`, \`after\` or \`before\`. A cursor finds its place faster.`;

export interface ConnectionArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  offset?: number | null;
}

/** A list: its rows and their order. */
interface Listing<Row> extends Omit<KeysetQuery<Row>, 'descending'> {
  ordering: Ordering;
}

export interface Connection<Row> {
  edges: { node: Row; readonly cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number | null;
}

/** Resolves one page of a parent's list; all parents of a level share one statement. @throws BAD_USER_INPUT for page arguments out of their rules */
export async function resolveConnection<Row extends { id: string }>(
  { loaders }: Context,
  listing: Listing<Row>,
  args: ConnectionArgs,
  parentId: string,
): Promise<Connection<Row>> {
  const page = readPage(args, listing.ordering);
  return connectionOf(await loaders.page(queryOf(listing), page, parentId), listing.ordering);
}

/**
 * Resolves the page around one item of a parent's list. A cursor in `args` would continue a page: see `continuesPage`.
 * @throws NOT_FOUND where the list does not have it; BAD_USER_INPUT for a size out of its range
 */
export async function resolveAround<Row extends { id: string }>(
  { loaders }: Context,
  listing: Listing<Row>,
  args: ConnectionArgs,
  pivot: Pivot,
  parentId: string,
): Promise<Connection<Row>> {
  const { limit } = readSize(args);
  const page = await loaders.around(queryOf(listing), pivot, limit, parentId);
  if (page === null) throw new ParleyError('NOT_FOUND', 'around: there is no such item in this list', { field: 'around' });
  return connectionOf(page, listing.ordering);
}

function queryOf<Row>(listing: Listing<Row>): KeysetQuery<Row> {
  return { ...listing, descending: listing.ordering.descending };
}

function connectionOf<Row extends { id: string }>(page: KeysetPage<Row>, ordering: Ordering): Connection<Row> {
  const edges = page.rows.map((node) => ({
    node,
    get cursor() {
      return encodeCursor(ordering, { time: node.keyTime, id: node.id, flag: node.keyFlag ?? false });
    },
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNext,
      hasPreviousPage: page.hasPrevious,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: page.total,
  };
}

/** Returns true if a cursor says where the page begins. Clients that opened a list otherwise keep the argument when they continue it: it is then ignored. */
export function continuesPage({ after, before }: ConnectionArgs): boolean {
  return after != null || before != null;
}

/** The size of a page, and whether it is counted from the end of the list. @throws BAD_USER_INPUT */
export function readSize(args: ConnectionArgs): { limit: number; fromEnd: boolean } {
  const name = sizeArgument(args);
  if (name === null) throw badInput('last', 'cannot be combined with first, unless either `after` or `before` is given');
  const limit = args[name] ?? defaultPageSize;
  if (limit < 1 || limit > maxPageSize) throw badInput(name, `must be from 1 to ${maxPageSize}`);
  return { limit, fromEnd: name === 'last' };
}

/** Reads page arguments by their rules. @throws BAD_USER_INPUT */
export function readPage(args: ConnectionArgs, ordering: Ordering): Page {
  const { after, before } = args;
  const size = readSize(args);
  const position = (name: string, cursor: string | null | undefined) => {
    if (cursor == null) return null;
    const decoded = decodeCursor(ordering, cursor);
    if (decoded === null) throw badInput(name, 'is no cursor of this list and order');
    return decoded;
  };
  return {
    ...size,
    offset: readOffset(args),
    after: position('after', after),
    before: position('before', before),
  };
}

function readOffset({ offset, last, after, before }: ConnectionArgs): number {
  if (offset == null) return 0;
  if (offset < 0 || offset > maxOffset) throw badInput('offset', `must be from 0 to ${maxOffset.toLocaleString('en')}`);
  if (last != null || after != null || before != null) throw badInput('offset', 'cannot be combined with last, after or before');
  return offset;
}

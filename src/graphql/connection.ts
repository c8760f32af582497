import { decodeCursor, encodeCursor, type Ordering } from '../cursor.ts';
import type { Pivot } from '../database/around.ts';
import type { KeysetPage, KeysetQuery, Page } from '../database/keyset.ts';
import { badInput, ParleyError } from '../errors.ts';
import type { Context } from './context.ts';
import { defaultPageSize, maxPageSize, maxTies } from './limits.ts';

/** What is passed over is read all the same: further on, cursors do it for nothing. */
const maxOffset = 1_000_000;

interface ConnectionArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  offset?: number | null;
}

/** How a list is found and ordered. `key` tells lists apart that differ in more than their page: filter and order, as text. */
interface Listing extends Omit<KeysetQuery, 'descending'> {
  key: string;
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
  listing: Listing,
  args: ConnectionArgs,
  parentId: string,
): Promise<Connection<Row>> {
  const page = readPage(args, listing.ordering);
  return connectionOf(await loaders.page<Row>(keyOf(listing, page), queryOf(listing), page, parentId), listing.ordering);
}

/** Resolves the page around one item of a parent's list. @throws NOT_FOUND where the list does not have it; BAD_USER_INPUT with other bounds */
export async function resolveAround<Row extends { id: string }>(
  { loaders }: Context,
  listing: Listing,
  args: ConnectionArgs & { withTies?: boolean | null },
  pivot: Pivot,
  parentId: string,
): Promise<Connection<Row>> {
  for (const name of ['last', 'after', 'before', 'withTies'] as const) {
    if (args[name]) throw badInput(name, 'cannot be combined with around');
  }
  const { limit } = readPage(args, listing.ordering);
  const page = await loaders.around<Row>(keyOf(listing, [pivot, limit]), queryOf(listing), pivot, limit, parentId);
  if (page === null) throw new ParleyError('NOT_FOUND', 'around: there is no such item in this list', { field: 'around' });
  return connectionOf(page, listing.ordering);
}

/** Resolves a page from either end of a parent's list that does not split items of one instant. @throws BAD_USER_INPUT with a cursor, or where they are too many */
export async function resolveTies<Row extends { id: string }>(
  { loaders }: Context,
  listing: Listing,
  args: ConnectionArgs,
  parentId: string,
): Promise<Connection<Row>> {
  for (const name of ['after', 'before'] as const) if (args[name]) throw badInput(name, 'cannot be combined with withTies');
  const page = { ...readPage(args, listing.ordering), maxTies };
  const found = await loaders.ties<Row>(keyOf(listing, ['ties', page]), queryOf(listing), page, parentId);
  if (found === null) {
    const many = `more than ${maxTies.toLocaleString('en')} items share the instant that the page would end at`;
    throw badInput('withTies', `${many}: go through them by cursors`);
  }
  return connectionOf(found, listing.ordering);
}

/** Tells lists and pages apart, so that only what is asked for alike shares a statement. */
function keyOf({ source, key, ordering, total }: Listing, page: unknown): string {
  return JSON.stringify([source.label, source.parent, key, ordering, total !== null, page]);
}

function queryOf(listing: Listing): KeysetQuery {
  return { ...listing, descending: listing.ordering.descending };
}

function connectionOf<Row extends { id: string }>(page: KeysetPage<Row>, ordering: Ordering): Connection<Row> {
  const edges = page.rows.map((node) => ({
    node,
    get cursor() {
      return encodeCursor(ordering, { time: node.keyTime, id: node.id });
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

/** How many items a page may have. @throws BAD_USER_INPUT */
export function readSize({ first, last }: Pick<ConnectionArgs, 'first' | 'last'>): number {
  if (first != null && last != null) throw badInput('last', 'cannot be combined with first');
  const size = last ?? first ?? defaultPageSize;
  if (size < 1 || size > maxPageSize) throw badInput(last != null ? 'last' : 'first', `must be from 1 to ${maxPageSize}`);
  return size;
}

function readPage(args: ConnectionArgs, ordering: Ordering): Page {
  const { last, after, before } = args;
  const limit = readSize(args);
  const position = (name: string, cursor: string | null | undefined) => {
    if (cursor == null) return null;
    const decoded = decodeCursor(ordering, cursor);
    if (decoded === null) throw badInput(name, 'is no cursor of this list and order');
    return decoded;
  };
  return {
    limit,
    offset: readOffset(args),
    fromEnd: last != null,
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

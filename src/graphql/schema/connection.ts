import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { Pivot } from '../../database/around.ts';
import type { KeysetPage, KeysetQuery } from '../../database/keyset.ts';
import { ParleyError } from '../../errors.ts';
import { encodeCursor, type Ordering } from '../../values/cursor.ts';
import type { Context } from '../context.ts';
import { type ConnectionArgs, readPage, readSize } from './page-arguments.ts';

/** A list: its rows and their order. */
interface Listing<Row> extends Omit<KeysetQuery<Row>, 'descending'> {
  ordering: Ordering;
  timeField?: keyof Row & string;
}

export interface Connection<Row> {
  edges: { node: Row; readonly cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number | null;
}

/** Resolves one page of a parent's list; all parents of a level share one statement. @throws BAD_USER_INPUT for invalid page arguments */
export async function resolveConnection<Row extends { id: string }>(
  { loaders }: Context,
  listing: Listing<Row>,
  args: ConnectionArgs,
  parentId: string,
): Promise<Connection<Row>> {
  const page = readPage(args, listing.ordering);
  return connectionOf(await loaders.page(queryOf(listing), page, parentId), listing);
}

/**
 * Resolves the page around one item of a parent's list. `args` has no cursor: see `continuesPage`.
 * @throws NOT_FOUND if the list does not contain the item; BAD_USER_INPUT for an invalid size
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
  if (page === null) throw new ParleyError('NOT_FOUND', 'around: this list does not contain the item', { field: 'around' });
  return connectionOf(page, listing);
}

function queryOf<Row>(listing: Listing<Row>): KeysetQuery<Row> {
  return { ...listing, descending: listing.ordering.descending };
}

function connectionOf<Row extends { id: string }>(page: KeysetPage<Row>, { ordering, timeField }: Listing<Row>): Connection<Row> {
  const edges = page.rows.map((node) => ({
    node,
    get cursor() {
      const time = (timeField === undefined ? node.keyTime : node[timeField]) as Date;
      return encodeCursor(ordering, { time, id: node.id, flag: node.keyFlag ?? false });
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

/** Returns true if a field is selected directly below the field being resolved, through fragments too. A skipped field may count as selected. */
export function selects(info: GraphQLResolveInfo, name: string): boolean {
  const within = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === 'Field') return selection.name.value === name;
      return within(selection.kind === 'InlineFragment' ? selection.selectionSet : info.fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return info.fieldNodes.some(({ selectionSet }) => within(selectionSet));
}

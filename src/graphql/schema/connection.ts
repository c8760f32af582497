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
  context: Context,
  listing: Listing<Row>,
  args: ConnectionArgs,
  parentId: string,
): Promise<Connection<Row>> {
  return connectionReader(context, listing, args)(parentId);
}

/** Returns a function that resolves the same page of any parent's list. @throws BAD_USER_INPUT for invalid page arguments */
export function connectionReader<Row extends { id: string }>({ loaders }: Context, listing: Listing<Row>, args: ConnectionArgs) {
  const read = loaders.pageOf(queryOf(listing), readPage(args, listing.ordering));
  return async (parentId: string): Promise<Connection<Row>> => connectionOf(await read(parentId), listing);
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

/** An item of a list. Its cursor is written only if it is selected. */
class Edge<Row extends { id: string }> {
  readonly node: KeysetPage<Row>['rows'][number];
  readonly #ordering: Ordering;
  readonly #timeField: (keyof Row & string) | undefined;

  constructor(node: KeysetPage<Row>['rows'][number], ordering: Ordering, timeField: (keyof Row & string) | undefined) {
    this.node = node;
    this.#ordering = ordering;
    this.#timeField = timeField;
  }

  get cursor(): string {
    const { node } = this;
    const time = (this.#timeField === undefined ? node.keyTime : node[this.#timeField]) as Date;
    return encodeCursor(this.#ordering, { time, id: node.id, flag: node.keyFlag ?? false });
  }
}

function connectionOf<Row extends { id: string }>(page: KeysetPage<Row>, { ordering, timeField }: Listing<Row>): Connection<Row> {
  const edges = page.rows.map((node) => new Edge(node, ordering, timeField));
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

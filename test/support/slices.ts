// Compares pages of a connection with slices of the whole list.
import fc from 'fast-check';
import { expect } from 'vitest';

export interface Item {
  id: string;
  cursor: string;
}

export interface PageArgs {
  first?: number;
  last?: number;
  after?: string;
  before?: string;
}

/** Returns the expected page: the list between the cursors, then its first or last items. The flags refer to the whole list. */
function slice(all: Item[], { first, last, after, before }: PageArgs) {
  const start = after === undefined ? 0 : all.findIndex(({ cursor }) => cursor === after) + 1;
  // In an empty list no cursor has a position.
  const end = before === undefined || all.length === 0 ? all.length : all.findIndex(({ cursor }) => cursor === before);
  const range = start < end ? all.slice(start, end) : [];
  const items = last === undefined ? range.slice(0, first ?? 50) : range.slice(-last);
  const begin = items[0] ? all.indexOf(items[0]) : null;
  return {
    items,
    hasPreviousPage: begin === null ? start > 0 : begin > 0,
    hasNextPage: begin === null ? end < all.length : begin + items.length < all.length,
  };
}

/** Generates page arguments: any size, and the cursors in any combination, also in reverse order. */
function pageArgs(bounds: readonly string[]): fc.Arbitrary<PageArgs> {
  const size = fc.integer({ min: 1, max: bounds.length + 2 });
  const bound = fc.option(fc.constantFrom(...bounds), { nil: undefined });
  const sizes = fc.oneof(fc.record({ first: size }), fc.record({ last: size }), fc.constant({}));
  return fc.tuple(fc.record({ after: bound, before: bound }), sizes).map(([a, b]) => ({ ...a, ...b }));
}

/** Requests one page of a list. */
type Ask = (args: PageArgs) => Promise<Answered>;
interface Answered {
  totalCount: number;
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: unknown;
}

/** Checks that any page equals the slice of the whole list, with the cursors of its items, else with `cursors`. */
export async function expectSlices(ask: Ask, count: number, cursors: readonly string[]) {
  const all = (await ask({ first: 200 })).edges.map(({ cursor, node: { id } }) => ({ cursor, id }));
  expect(all).toHaveLength(count);
  await fc.assert(
    fc.asyncProperty(pageArgs(count === 0 ? cursors : all.map(({ cursor }) => cursor)), async (args) => {
      const page = await ask(args);
      const { items, ...flags } = slice(all, args);
      expect(page.edges.map(({ cursor, node: { id } }) => ({ cursor, id }))).toEqual(items);
      expect(page.nodes.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
      expect(page.totalCount).toBe(count);
      expect(page.pageInfo).toEqual({ ...flags, startCursor: items.at(0)?.cursor ?? null, endCursor: items.at(-1)?.cursor ?? null });
    }),
    { numRuns: 60 },
  );
}

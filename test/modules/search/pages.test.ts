// Pages of a search of more messages than its sample has: those found in order, those found by the index, and those for which the first way gives up.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { encodeCursor, orderings } from '../../../src/values/cursor.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { naivelyFits } from '../../support/naive-search.ts';
import { type Stored, storeMany } from './many-messages.ts';

const parley = useApp();
const size = 5_000;
let tenant: Tenant;
let stored: Stored[];

/** A word each of messages that are frequent, few, or all at one end of the list. */
function bodyOf(index: number): string {
  return [
    'filler',
    index % 3 === 0 && 'frequent',
    index % 100 === 7 && '预约手机',
    index % 500 === 11 && 'rare',
    index < 400 && 'oldest',
    index >= size - 400 && 'newest',
    index === 2_500 && 'single',
  ]
    .filter(Boolean)
    .join(' ');
}

beforeAll(async () => {
  tenant = await parley.tenant();
  stored = await storeMany(
    parley,
    tenant,
    Array.from({ length: size }, (_, index) => bodyOf(index)),
  );
  stored.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
});

const document = `query ($query: String!, $filter: MessageFilter, $direction: OrderDirection!, $first: Int, $last: Int, $after: String, $before: String) {
  searchMessages(query: $query, filter: $filter, orderBy: { field: CREATED_AT, direction: $direction }, first: $first, last: $last, after: $after, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage } edges { cursor node { body } } } }`;

const queries = [
  'frequent',
  'rare',
  'oldest',
  'newest',
  'single',
  'absent',
  '预约',
  '手',
  'f',
  'r',
  'frequent rare',
  'oldest 预约',
  'newest frequent',
];

const requests = fc.record({
  query: fc.constantFrom(...queries),
  also: fc.constantFrom(null, 'fill', 'rare'),
  only: fc.constantFrom(null, 'INBOUND' as const),
  direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  count: fc.constantFrom(1, 25, 200),
  // The places of the cursors; some of them are of messages that the search does not find.
  page: fc.record({ from: fc.constantFrom('first', 'last'), after: fc.option(fc.nat(size - 1)), before: fc.option(fc.nat(size - 1)) }),
});

test('every page is the part of the list that its arguments name', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ query, also, only, direction, count, page }) => {
      const list = direction === 'ASC' ? stored : stored.toReversed();
      const fits = ({ body, direction: each }: Stored) =>
        naivelyFits(body, query) && (also === null || naivelyFits(body, also)) && (only === null || each === only);
      const at = (place: number | null | undefined) => (place == null ? null : (list[place] as Stored));
      const [after, before] = [at(page.after), at(page.before)];
      const found = list.filter(fits);
      const within = list.slice(after ? list.indexOf(after) + 1 : 0, before ? Math.max(list.indexOf(before), 0) : undefined).filter(fits);
      const isLast = page.from === 'last';
      const expected = isLast ? within.slice(-count) : within.slice(0, count);
      const cursor = (message: Stored | null) =>
        message &&
        encodeCursor({ mark: orderings.messageCreatedAt, descending: direction === 'DESC' }, { time: message.createdAt, id: message.id });
      const { data, errors } = await parley.graphql(tenant.key, document, {
        query,
        filter: { ...(only && { direction: only }), ...(also && { query: also }) },
        direction,
        [isLast ? 'last' : 'first']: count,
        ...(after && { after: cursor(after) }),
        ...(before && { before: cursor(before) }),
      });
      expect(errors).toBeUndefined();
      const { edges, totalCount, pageInfo } = data.searchMessages;
      expect(edges).toEqual(expected.map((message) => ({ cursor: cursor(message), node: { body: message.body } })));
      expect(totalCount).toBe(found.length);
      const [start, end] = [expected[0], expected.at(-1)];
      // Of an empty page the flags speak of its cursors.
      if (start === undefined || end === undefined) return;
      expect(pageInfo).toEqual({ hasPreviousPage: start !== found[0], hasNextPage: end !== found.at(-1) });
    }),
    { numRuns: 300 },
  );
});

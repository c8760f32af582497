// Pages that are not cut by cursors: around a message, and by time.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();
const count = 13;
let tenant: Tenant;
let id: string;
let all: { id: string; number: number; createdAt: string }[];

const args = '$id: ID!, $first: Int, $last: Int, $around: ID, $number: SafeInt, $filter: MessageFilter, $direction: OrderDirection!';
const query = `query (${args}) { conversation(id: $id) { messages(first: $first, last: $last, around: $around, aroundNumber: $number, filter: $filter,
  orderBy: { field: CREATED_AT, direction: $direction }) { totalCount nodes { id number createdAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

async function ask(variables: Record<string, unknown>) {
  const { data, errors } = await parley.graphql(tenant.key, query, { id, direction: 'ASC', ...variables });
  expect(errors).toBeUndefined();
  return data.conversation.messages;
}

beforeAll(async () => {
  tenant = await parley.tenant();
  // Several messages at one instant.
  const lines = Array.from({ length: count }, (_, index) => phoneLine({ createdAt: `2026-01-01T00:00:0${(index * 5) % 4}Z` }));
  await parley.importLines(tenant, [...lines, phoneLine({ contactNumber: '+15550009999', createdAt: '2025-01-01T00:00:00Z' })]);
  const { data } = await parley.graphql(tenant.key, '{ conversations(first: 1) { nodes { id } } }');
  id = data.conversations.nodes[0].id;
  all = (await ask({ first: 200 })).nodes;
  expect(all).toHaveLength(count);
});

describe('around', () => {
  test('returns a page with the message in the middle, or nearer to an end of the list', async () => {
    const cases = fc.record({
      at: fc.nat(count - 1),
      first: fc.integer({ min: 1, max: count + 3 }),
      direction: fc.constantFrom('ASC', 'DESC'),
      byNumber: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ at, first, direction, byNumber }) => {
        const list = direction === 'ASC' ? all : all.toReversed();
        const pivot = list[at] as (typeof all)[number];
        const page = await ask({ first, direction, ...(byNumber ? { number: pivot.number } : { around: pivot.id }) });
        const size = Math.min(first, count);
        const start = Math.min(Math.max(at - Math.ceil((first - 1) / 2), 0), count - size);
        expect(page.nodes).toEqual(list.slice(start, start + size));
        expect(page.pageInfo).toMatchObject({ hasPreviousPage: start > 0, hasNextPage: start + size < count });
        expect(page.totalCount).toBe(count);
      }),
      { numRuns: 120 },
    );
  });

  test('answers NOT_FOUND for a message that is not in the list, of this or another organization', async () => {
    const { data } = await parley.graphql(tenant.key, '{ conversations(last: 1) { nodes { lastMessage { id number } } } }');
    const [{ lastMessage }] = data.conversations.nodes;
    const unknown = encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e');
    for (const variables of [
      { around: lastMessage.id },
      { number: lastMessage.number },
      { around: unknown },
      { number: 2 ** 53 - 1 },
      { number: -1 },
    ]) {
      const { errors } = await parley.graphql(tenant.key, query, { id, direction: 'ASC', ...variables });
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    }
  });

  test('takes one statement', async () => {
    const statements = await parley.statements(() => ask({ around: all[5]?.id, first: 4 }));
    expect(statements.toSorted()).toEqual(['conversations', 'messages']);
  });
});

test('time bounds are strict', async () => {
  const [time] = [all[5]?.createdAt ?? ''];
  const before = await ask({ filter: { sentBefore: time } });
  const after = await ask({ filter: { sentAfter: time } });
  expect(before.nodes).toEqual(all.filter(({ createdAt }) => createdAt < time));
  expect(after.nodes).toEqual(all.filter(({ createdAt }) => createdAt > time));
  expect(before.totalCount + after.totalCount).toBe(all.filter(({ createdAt }) => createdAt !== time).length);
});

test('lists the messages of all conversations of a number, newest first', async () => {
  const { data } = await parley.graphql(
    tenant.key,
    '{ phoneNumbers { nodes { messages(first: 200) { totalCount nodes { createdAt from to } } } } }',
  );
  const [{ messages }] = data.phoneNumbers.nodes;
  expect(messages.totalCount).toBe(count + 1);
  const times = messages.nodes.map(({ createdAt }: { createdAt: string }) => createdAt);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(messages.nodes.at(-1)).toMatchObject({ from: '+15550009999', to: '+15550000001' });
});

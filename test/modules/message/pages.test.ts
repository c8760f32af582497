// Pages that are not cut by cursors: around a message, and up to the end of an instant.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../../src/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();
const count = 13;
let tenant: Tenant;
let id: string;
let all: { id: string; number: number; createdAt: string }[];

const args =
  '$id: ID!, $first: Int, $last: Int, $around: ID, $number: SafeInt, $ties: Boolean, $filter: MessageFilter, $direction: OrderDirection!';
const query = `query (${args}) { conversation(id: $id) { messages(first: $first, last: $last, around: $around, aroundNumber: $number, withTies: $ties, filter: $filter,
  orderBy: { field: CREATED_AT, direction: $direction }) { totalCount nodes { id number createdAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

async function ask(variables: Record<string, unknown>) {
  const { data, errors } = await parley.graphql(tenant.key, query, { id, direction: 'ASC', ...variables });
  expect(errors).toBeUndefined();
  return data.conversation.messages;
}

beforeAll(async () => {
  tenant = await parley.tenant();
  // Several to an instant.
  const lines = Array.from({ length: count }, (_, index) => phoneLine({ createdAt: `2026-01-01T00:00:0${(index * 5) % 4}Z` }));
  await parley.importLines(tenant, [...lines, phoneLine({ contactNumber: '+15550009999', createdAt: '2025-01-01T00:00:00Z' })]);
  const { data } = await parley.graphql(tenant.key, '{ conversations(first: 1) { nodes { id } } }');
  id = data.conversations.nodes[0].id;
  all = (await ask({ first: 200 })).nodes;
  expect(all).toHaveLength(count);
});

describe('around', () => {
  test('any message, any size, either order: the page holds it, split as evenly as the ends allow', async () => {
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

  test('one that the list does not have: NOT_FOUND, whoever’s it is', async () => {
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

  test('not with other bounds', async () => {
    const around = all[3]?.id;
    for (const [field, variables] of [
      ['last', { last: 2 }],
      ['withTies', { ties: true }],
    ] as const) {
      const { errors } = await parley.graphql(tenant.key, query, { id, direction: 'ASC', around, ...variables });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    }
  });

  test('one statement', async () => {
    const statements = await parley.statements(() => ask({ around: all[5]?.id, first: 4 }));
    expect(statements.toSorted()).toEqual(['conversations', 'messages']);
  });
});

describe('with ties', () => {
  test('a page goes on until its last instant is whole, and says truly whether more follow', async () => {
    const cases = fc.record({
      size: fc.integer({ min: 1, max: count + 2 }),
      fromEnd: fc.boolean(),
      direction: fc.constantFrom('ASC', 'DESC'),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ size, fromEnd, direction }) => {
        const list = direction === 'ASC' ? all : all.toReversed();
        const walked = fromEnd ? list.toReversed() : list;
        const last = walked[size - 1]?.createdAt;
        const taken = last === undefined ? walked.length : walked.findLastIndex(({ createdAt }) => createdAt === last) + 1;
        const page = await ask({ [fromEnd ? 'last' : 'first']: size, ties: true, direction });
        expect(page.nodes).toEqual(fromEnd ? walked.slice(0, taken).toReversed() : walked.slice(0, taken));
        const more = taken < count;
        expect(page.pageInfo).toMatchObject({ hasNextPage: !fromEnd && more, hasPreviousPage: fromEnd && more });
      }),
      { numRuns: 80 },
    );
  });

  test('a walk by time alone meets every message once, either way', async () => {
    for (const back of [true, false]) {
      const seen: string[] = [];
      for (let bound: string | undefined; ; ) {
        const filter = bound === undefined ? {} : back ? { before: bound } : { after: bound };
        const page = await ask({ [back ? 'last' : 'first']: 3, ties: true, filter });
        seen.push(...page.nodes.map((node: { id: string }) => node.id));
        if (!(back ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) break;
        bound = (back ? page.nodes[0] : page.nodes.at(-1)).createdAt;
      }
      expect(seen.toSorted()).toEqual(all.map((each) => each.id).toSorted());
    }
  });

  test('one statement', async () => {
    const statements = await parley.statements(() => ask({ first: 2, ties: true, filter: { before: all[9]?.createdAt } }));
    expect(statements.toSorted()).toEqual(['conversations', 'messages']);
  });
});

describe('with more ties than a page may have', () => {
  const instant = '2026-01-01T00:00:00Z';
  let other: Tenant;
  let conversation: string;

  beforeAll(async () => {
    other = await parley.tenant();
    const lines = Array.from({ length: 1_002 }, () => phoneLine({ createdAt: instant }));
    await parley.importLines(other, [...lines, phoneLine({ createdAt: '2026-01-02T00:00:00Z' })]);
    conversation = (await parley.graphql(other.key, '{ conversations { nodes { id } } }')).data.conversations.nodes[0].id;
  });

  const askOther = (variables: object) =>
    parley.graphql(other.key, query, { id: conversation, direction: 'ASC', ties: true, ...variables });

  test('1,000 more than its size are shown', async () => {
    const { data, errors } = await askOther({ first: 2 });
    expect(errors).toBeUndefined();
    expect(data.conversation.messages.nodes).toHaveLength(1_002);
    expect(data.conversation.messages.pageInfo).toMatchObject({ hasNextPage: true });
  });

  test.each([
    ['from the beginning', { first: 1 }],
    ['from the end', { last: 2 }],
    ['by time', { first: 1, filter: { before: '2026-01-02T00:00:00Z' } }],
  ])('1,001 are refused, since a walk by time would lose some: %s', async (_name, variables) => {
    const many = 'more than 1,000 items share the instant that the page would end at: go through them by cursors';
    expect((await askOther(variables)).errors).toMatchObject([
      { message: `withTies: ${many}`, extensions: { code: 'BAD_USER_INPUT', field: 'withTies' } },
    ]);
  });

  test('that are of instants of their own, the others are not in the way', async () => {
    const { data } = await askOther({ last: 1 });
    expect(data.conversation.messages.nodes).toHaveLength(1);
  });
});

test('time bounds are strict', async () => {
  const [time] = [all[5]?.createdAt ?? ''];
  const before = await ask({ filter: { before: time } });
  const after = await ask({ filter: { after: time } });
  expect(before.nodes).toEqual(all.filter(({ createdAt }) => createdAt < time));
  expect(after.nodes).toEqual(all.filter(({ createdAt }) => createdAt > time));
  expect(before.totalCount + after.totalCount).toBe(all.filter(({ createdAt }) => createdAt !== time).length);
});

test('the messages of a number are those of all its conversations, newest first', async () => {
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

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePosition } from '../../../src/modules/event/store/position.ts';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { expectSlices, type PageArgs } from '../../support/slices.ts';
import { readable } from './readable.ts';

const parley = useApp();

const page =
  'query ($first: Int, $after: String, $last: Int, $before: String) { changes(first: $first, after: $after, last: $last, before: $before) { latestCursor totalCount edges { cursor node { id changeKind } } nodes { id changeKind occurredAt conversationId currentConversation { id } messageId currentMessage { id body } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }';

async function changes({ key }: Tenant, variables: PageArgs = {}) {
  const { data, errors } = await parley.graphql(key, page, { ...variables });
  expect(errors).toBeUndefined();
  return data.changes;
}

async function refusal({ key }: Tenant, variables: PageArgs) {
  const { errors } = await parley.graphql(key, page, { ...variables });
  return errors?.[0];
}

async function tenantWith(...batches: Record<string, unknown>[][]): Promise<Tenant> {
  const tenant = await parley.tenant();
  for (const lines of batches) await parley.importLines(tenant, lines);
  await readable(parley.app.database);
  return tenant;
}

test('returns the recorded, updated, deleted and redacted messages with their current rows', async () => {
  const externalId = 'm';
  const tenant = await tenantWith(
    [phoneLine({ externalId, body: 'first' })],
    [phoneLine({ externalId, body: 'second', editedAt: '2026-01-02T00:00:00Z' })],
    [phoneLine({ externalId, deletedAt: '2026-01-03T00:00:00Z' })],
    [phoneLine({ externalId, body: null, redactedAt: '2026-01-04T00:00:00Z' })],
  );
  await updateRetention(parley.app.database, tenant.id, 30);
  await readable(parley.app.database);
  const { nodes, totalCount } = await changes(tenant);
  expect(nodes.map(({ changeKind }: { changeKind: string }) => changeKind)).toEqual([
    'CONVERSATION_CREATED',
    'MESSAGE_RECORDED',
    'MESSAGE_UPDATED',
    'MESSAGE_DELETED',
    'MESSAGE_REDACTED',
    'RETENTION_CHANGED',
  ]);
  expect(totalCount).toBe(6);
  expect(nodes[0]).toMatchObject({ conversationId: nodes[0].currentConversation.id, messageId: null, currentMessage: null });
  for (const node of nodes.slice(1, 5)) {
    expect(node).toMatchObject({
      conversationId: nodes[0].conversationId,
      messageId: node.currentMessage.id,
      currentMessage: { body: null },
    });
    expect(Math.abs(Date.parse(node.occurredAt) - Date.now())).toBeLessThan(600_000);
  }
  expect(nodes[5]).toMatchObject({ conversationId: null, currentConversation: null, messageId: null, currentMessage: null });
});

test('returns every change once over all pages, with correct flags, at any page size', async () => {
  const tenant = await tenantWith(...[3, 1, 4].map((count) => Array.from({ length: count }, () => phoneLine({}))));
  const all = (await changes(tenant)).edges;
  expect(all).toHaveLength(9);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 4 }), async (sizes) => {
      const walked: unknown[] = [];
      for (let turn = 0, after: string | undefined; ; turn++) {
        const { edges, pageInfo, totalCount } = await changes(tenant, { first: sizes[turn % sizes.length], after });
        expect(totalCount).toBe(9);
        expect(pageInfo).toMatchObject({
          hasPreviousPage: walked.length > 0,
          startCursor: edges[0].cursor,
          endCursor: edges.at(-1).cursor,
        });
        walked.push(...edges);
        expect(pageInfo.hasNextPage).toBe(walked.length < 9);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
      }
      expect(walked).toEqual(all);
    }),
    { numRuns: 15 },
  );
});

test.each([0, 1, 8])('returns any page as the slice of the whole list, with %i messages', async (count) => {
  const tenant = await tenantWith(...(count === 0 ? [] : [Array.from({ length: count }, () => phoneLine({}))]));
  const other = await tenantWith([phoneLine({})]);
  const cursors = (await changes(other)).edges.map(({ cursor }: { cursor: string }) => cursor);
  // A conversation that began, and its messages.
  await expectSlices((args) => changes(tenant, args), count === 0 ? 0 : count + 1, cursors);
});

test('a change is found by its id, by its own organization alone, until it is no longer kept', async () => {
  const tenant = await tenantWith([phoneLine({}), phoneLine({})]);
  const other = await parley.tenant();
  const { nodes } = await changes(tenant);
  const ids = nodes.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(3);
  const found = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Change { changeKind occurredAt conversationId messageId } } }';
  const ask = async (key: string, ids: string[]) => (await parley.graphql(key, found, { ids })).data.nodes;
  const known = nodes.map(({ id, changeKind, occurredAt, conversationId, messageId }: Record<string, unknown>) => ({
    id,
    changeKind,
    occurredAt,
    conversationId,
    messageId,
  }));
  expect(await ask(tenant.key, ids)).toEqual(known);
  expect(await parley.statements(() => ask(tenant.key, ids))).toEqual(['changes']);
  const unknown = ['00000000-0000-0001-0000-000000000001', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e'].map((uuid) => encodeId('Change', uuid));
  expect(await ask(tenant.key, unknown)).toEqual([null, null]);
  expect(await ask(other.key, ids)).toEqual([null, null, null]);
  await parley.app.database.query({ label: 'test_purge', text: 'delete from events where organization_id = $1', values: [tenant.id] });
  expect(await ask(tenant.key, ids)).toEqual([null, null, null]);
});

test('loads a page and all that it names with one statement a level', async () => {
  const tenant = await tenantWith(Array.from({ length: 5 }, () => phoneLine({})));
  await changes(tenant);
  expect((await parley.statements(() => changes(tenant))).sort()).toEqual(['changes', 'conversations', 'messages']);
});

test('returns only later changes after the latest cursor', async () => {
  const tenant = await tenantWith([phoneLine({})]);
  const { latestCursor } = await changes(tenant, { first: 1 });
  const none = await changes(tenant, { after: latestCursor });
  expect(none).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null } });
  await parley.importLines(tenant, [phoneLine({ body: 'later', createdAt: '2019-01-01T00:00:00Z' })]);
  await readable(parley.app.database);
  const { nodes } = await changes(tenant, { after: latestCursor });
  expect(nodes).toMatchObject([{ changeKind: 'MESSAGE_RECORDED', currentMessage: { body: 'later' } }]);
});

test('returns no changes of another organization', async () => {
  const tenant = await tenantWith([phoneLine({})]);
  const other = await tenantWith();
  expect(await changes(other)).toMatchObject({ nodes: [], totalCount: 0 });
  const { pageInfo } = await changes(tenant, { first: 1 });
  expect((await changes(other, { after: pageInfo.startCursor })).nodes).toEqual([]);
});

test('refuses a cursor of purged events as too old, and accepts those of kept ones', async () => {
  const tenant = await tenantWith([phoneLine({})], [phoneLine({})], [phoneLine({})]);
  const { edges } = await changes(tenant);
  const [purged] = await parley.app.database.query<{ before: number }>({
    label: 'test_purge',
    text: `with kept as (select max(transaction_id) as before from events where organization_id = $1),
        purged as (delete from events e using kept where e.organization_id = $1 and e.transaction_id < kept.before)
      update organizations o set events_purged_before = kept.before from kept where o.id = $1 returning kept.before`,
    values: [tenant.id],
  });
  expect(purged?.before).toBeGreaterThan(0);
  for (const { cursor } of edges.slice(0, -1)) {
    for (const field of ['after', 'before']) {
      expect(await refusal(tenant, { [field]: cursor })).toMatchObject({ extensions: { code: 'CONFLICT', field, reason: 'TOO_OLD' } });
    }
  }
  const kept = await changes(tenant);
  expect(kept.edges).toEqual(edges.slice(-1));
  expect((await changes(tenant, { after: kept.latestCursor })).nodes).toEqual([]);
  expect(await changes(tenant, { last: 5, before: kept.edges[0].cursor })).toMatchObject({
    nodes: [],
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
  });
});

test.each([
  ['an empty page', { first: 0 }, 'BAD_USER_INPUT', 'first'],
  ['too large a page', { first: 201 }, 'BAD_USER_INPUT', 'first'],
  ['an empty page from the end', { last: 0 }, 'BAD_USER_INPUT', 'last'],
  ['both ends', { first: 1, last: 1 }, 'BAD_USER_INPUT', 'last'],
  ['a text that is no cursor, as before', { before: 'nonsense' }, 'BAD_USER_INPUT', 'before'],
  ['a cursor of another database, as before', { before: encodePosition({ transactionId: 2 ** 52, id: 1 }) }, 'CONFLICT', 'before'],
  ['a text that is no cursor, as after', { after: 'nonsense' }, 'BAD_USER_INPUT', 'after'],
  ['an empty cursor', { after: '' }, 'BAD_USER_INPUT', 'after'],
  ["a list's cursor", { after: 'A'.repeat(32) }, 'BAD_USER_INPUT', 'after'],
  ['a cursor of another database, as after', { after: encodePosition({ transactionId: 2 ** 52, id: 1 }) }, 'CONFLICT', 'after'],
])('rejects %s', async (_name, variables, code, field) => {
  expect(await refusal(await parley.tenant(), variables)).toMatchObject({ extensions: { code, field } });
});

test('rejects a key without the scope to read', async () => {
  const { id } = await parley.tenant();
  const key = await parley.key(id, ['messages:ingest']);
  expect(await refusal({ id, key }, {})).toMatchObject({ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } });
});

// Unread messages: the instant through which a conversation was read, the sum of an organization, and lists with unread conversations first.
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeId } from '../../../src/values/ids.ts';
import { explain } from '../../support/explain.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { expectSlices } from '../../support/slices.ts';
import { ask } from './conversations.ts';

const parley = useApp();
const contact = (nth: number) => `+1555000${1000 + nth}`;
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString().replace('.000Z', 'Z');
const line = (nth: number, second: number, more = {}) => phoneLine({ contactNumber: contact(nth), createdAt: at(second), ...more });
const readDocument =
  'mutation ($id: ID!, $through: DateTime) { markConversationRead(input: { id: $id, through: $through }) { conversation { readThrough unreadCount } } }';

/** In seconds, as `line` takes it: an hour from now, past the instant at which others are read. */
const later = Math.ceil((Date.now() - Date.UTC(2026, 0, 1)) / 1_000) + 3_600;

interface Node {
  id: string;
  contactNumber: string;
  unreadCount: number;
  lastMessageAt: string;
}

async function inbox({ key }: Tenant): Promise<Map<string, Node & { readThrough: string | null }>> {
  const fields = 'id contactNumber unreadCount lastMessageAt readThrough';
  const { conversations } = await ask(parley, key, `{ conversations(first: 200) { nodes { ${fields} } } }`);
  return new Map(conversations.nodes.map((node: Node) => [node.contactNumber, node]));
}

const uuid = ({ id }: Node) => decodeId(id)?.uuid ?? '';

const read = async ({ key }: Tenant, id: string | undefined, through: string | null = null) =>
  (await ask(parley, key, readDocument, { id, through })).markConversationRead.conversation;

const unread = async ({ key }: Tenant) =>
  (await ask(parley, key, '{ organization { unreadMessageCount } }')).organization.unreadMessageCount;

test('readThrough is null until a conversation is read, and never moves back', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [line(1, 10), line(1, 20)]);
  const { id, readThrough } = (await inbox(tenant)).get(contact(1)) ?? {};
  expect(readThrough).toBeNull();
  expect(await read(tenant, id, at(10))).toEqual({ readThrough: at(10), unreadCount: 1 });
  expect(await read(tenant, id, at(5))).toEqual({ readThrough: at(10), unreadCount: 1 });
  const now = await read(tenant, id);
  expect(Math.abs(Date.parse(now.readThrough) - Date.now())).toBeLessThan(600_000);
  expect((await inbox(tenant)).get(contact(1))?.readThrough).toBe(now.readThrough);
});

describe('an organization', () => {
  test('has as many unread messages as its conversations together, whatever is recorded, read and archived', async () => {
    const [tenant, other] = [await parley.tenant(), await parley.tenant()];
    expect(await unread(tenant)).toBe(0);
    await parley.importLines(tenant, [line(1, 1), line(1, 2), line(2, 3), line(3, 4, { direction: 'outbound' })]);
    await parley.importLines(other, [line(1, 1)]);
    expect(await unread(tenant)).toBe(3);
    const rows = await inbox(tenant);
    await read(tenant, rows.get(contact(1))?.id, at(1));
    expect(await unread(tenant)).toBe(2);
    const archive = 'mutation ($id: ID!) { updateConversation(input: { id: $id, archived: true }) { conversation { archivedAt } } }';
    await ask(parley, tenant.key, archive, { id: rows.get(contact(2))?.id });
    expect(await unread(tenant)).toBe(2);
    await read(tenant, rows.get(contact(2))?.id);
    await read(tenant, rows.get(contact(1))?.id);
    expect([await unread(tenant), await unread(other)]).toEqual([0, 1]);
  });

  test('sums the counts of at most 10,000 conversations, those with the latest messages, from the index, in one statement', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [line(1, 0, { direction: 'outbound' })]);
    await parley.app.database.query({
      label: 'test_many',
      text: `insert into conversations (organization_id, id, type, external_id, last_message_at, created_at, message_count, unread_count)
        select $1, gen_random_uuid(), 'GROUP', n::text, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second', now(), n, case when n > 5000 then n else 0 end
        from generate_series(1, 16000) n`,
      values: [tenant.id],
    });
    await parley.app.database.query({ label: 'test_analyze', text: 'vacuum analyze conversations' });
    // 6,001 to 16,000.
    expect(await unread(tenant)).toBe((10_000 * (6_001 + 16_000)) / 2);
    expect(await parley.statements(() => unread(tenant))).toEqual(['organizations', 'unread_messages']);
    const reads = (await explain(parley.app, 'unread_messages', () => unread(tenant))).filter(
      (node) => node['Relation Name'] === 'conversations',
    );
    expect(reads).toMatchObject([{ 'Index Name': 'conversations_by_unread' }]);

    const first = () =>
      ask(
        parley,
        tenant.key,
        '{ conversations(first: 50, orderBy: { field: UNREAD, direction: DESC }) { nodes { externalId } pageInfo { hasNextPage } } }',
      );
    expect((await first()).conversations.nodes.slice(0, 2)).toEqual([{ externalId: '16000' }, { externalId: '15999' }]);
    const pageReads = (await explain(parley.app, 'conversations', first)).filter((node) => node['Relation Name'] === 'conversations');
    expect(pageReads).toMatchObject([{ 'Index Name': 'conversations_by_unread' }]);
  });

  test('answers only a key that may read', async () => {
    const { id } = await parley.tenant();
    const { data, errors } = await parley.graphql(await parley.key(id, ['org:admin:write']), '{ organization { id unreadMessageCount } }');
    expect(data).toEqual({ organization: { id: expect.any(String), unreadMessageCount: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
  });
});

describe('by unread', () => {
  const list = `query ($first: Int, $last: Int, $after: String, $before: String, $direction: OrderDirection!, $offset: Int) {
    conversations(first: $first, last: $last, after: $after, before: $before, offset: $offset, orderBy: { field: UNREAD, direction: $direction }) {
      totalCount edges { cursor node { id } } nodes { id contactNumber unreadCount lastMessageAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  let tenant: Tenant;
  const page = async (variables: object) => (await ask(parley, tenant.key, list, { direction: 'DESC', ...variables })).conversations;

  beforeAll(async () => {
    tenant = await parley.tenant();
    // Of three each one instant; every second one is read, one was never written to.
    await parley.importLines(
      tenant,
      Array.from({ length: 11 }, (_, nth) => line(nth, Math.floor(nth / 3), { direction: nth === 10 ? 'outbound' : 'inbound' })),
    );
    const rows = await inbox(tenant);
    for (const nth of [1, 3, 5, 7]) await read(tenant, rows.get(contact(nth))?.id);
  });

  test('lists unread conversations first, in each part the latest first; ascending is the reverse', async () => {
    const { nodes } = await page({});
    const sorted = nodes.toSorted(
      (a: Node, b: Node) =>
        Number(b.unreadCount > 0) - Number(a.unreadCount > 0) ||
        Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt) ||
        (uuid(a) < uuid(b) ? 1 : -1),
    );
    expect(nodes).toEqual(sorted);
    expect(nodes.map(({ unreadCount }: Node) => unreadCount)).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    expect((await page({ direction: 'ASC' })).nodes).toEqual(nodes.toReversed());
    expect((await page({ offset: 4, first: 3 })).nodes).toEqual(nodes.slice(4, 7));
  });

  test.each(['ASC', 'DESC'])('every page equals a slice of the whole list, %s', async (direction) => {
    await expectSlices((args) => page({ ...args, direction }), 11, []);
  });

  test('a cursor of another order or direction is refused, in both parts', async () => {
    const { edges } = await page({});
    const other = (await ask(parley, tenant.key, '{ conversations(first: 1) { edges { cursor } } }')).conversations.edges;
    for (const [after, direction] of [
      [edges[0].cursor, 'ASC'],
      [edges[10].cursor, 'ASC'],
      [other[0].cursor, 'DESC'],
    ]) {
      const { errors } = await parley.graphql(tenant.key, list, { after, direction });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
    }
    const { errors } = await parley.graphql(tenant.key, 'query ($after: String) { conversations(after: $after) { totalCount } }', {
      after: edges[0].cursor,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });

  test('returns each unchanged conversation once while others are read and written', async () => {
    const rows = await inbox(tenant);
    const changing = [0, 2, 3, 7].map(contact);
    const seen: string[] = [];
    for (let turn = 0, after: string | null = null; ; turn++) {
      const { nodes, pageInfo }: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = await page({ first: 2, after });
      seen.push(...nodes.map(({ contactNumber }) => contactNumber));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
      // The item that the cursor came from moves, too.
      if (turn === 0) for (const nth of [0, 2]) await read(tenant, rows.get(contact(nth))?.id);
      if (turn === 1) await parley.importLines(tenant, [line(3, later), line(7, later + 1), line(20, later + 2)]);
    }
    const still = Array.from({ length: 11 }, (_, nth) => contact(nth)).filter((each) => !changing.includes(each));
    expect(seen.filter((each) => still.includes(each)).toSorted()).toEqual(still.toSorted());
    expect((await page({})).nodes.slice(0, 3).map(({ contactNumber }: Node) => contactNumber)).toEqual([20, 7, 3].map(contact));
  });
});

// The statements that most requests run, with the plans that the gateway uses on a server, where an organization is large enough for a bad plan to show.
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { explainPrepared, type PlanNode } from '../support/explain.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { large, writeManyRows } from './many-rows.ts';

const newestFirst = 'orderBy: { field: CREATED_AT, direction: DESC }';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();
  let tenant: Tenant;
  /** The large conversation, a message in the middle of it, and the message's cursor in both orders. */
  let places: Record<string, string>;

  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await parley.graphql(tenant.key, query, variables);
    expect(errors).toBeUndefined();
    return data;
  };

  beforeAll(async () => {
    tenant = await parley.tenant();
    await writeManyRows(parley.app.database, tenant.id);
    const [row] = await parley.app.database.query<{ id: string }>({
      label: 'test_largest',
      text: 'select id from conversations where organization_id = $1 and message_count > 1',
      values: [tenant.id],
    });
    const id = encodeId('Conversation', row?.id ?? '');
    const half = new Date((1_700_000_000 + large + large / 2) * 1_000).toISOString();
    const { conversation } = await ask(
      `query ($id: ID!, $filter: MessageFilter) { conversation(id: $id) {
        messages(last: 1, filter: $filter) { edges { cursor node { id } } } newestFirst: messages(first: 1, filter: $filter, ${newestFirst}) { edges { cursor } } } }`,
      { id, filter: { sentBefore: half } },
    );
    const [edge] = conversation.messages.edges;
    places = { CONVERSATION: id, MESSAGE: edge.node.id, CURSOR: edge.cursor, OTHER_CURSOR: conversation.newestFirst.edges[0].cursor };
  });

  const rowsRead = (scans: PlanNode[]) =>
    scans.reduce((sum, node) => sum + node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)), 0);

  interface Expected {
    label: string;
    table: string;
    index: string;
    /** The most rows that it may read of the table. */
    rows: number;
  }

  async function expectPlan(query: string, { label, table, index, rows }: Expected): Promise<void> {
    const filled = query.replaceAll(/THE_(\w+)/g, (_text, name: string) => `"${places[name]}"`);
    const plan = await explainPrepared(parley.app, label, () => ask(filled));
    const scans = plan.filter((node) => node['Relation Name'] === table && node['Actual Loops'] > 0);
    // A list that has an item is found by the first one of the table.
    for (const scan of scans.filter((each) => rowsRead([each]) > 1)) {
      expect(scan['Node Type']).toMatch(/^Index (Only )?Scan$/);
      expect(scan['Index Name']).toMatch(new RegExp(`^(${index})$`));
    }
    expect(rowsRead(scans)).toBeGreaterThan(0);
    expect(rowsRead(scans)).toBeLessThanOrEqual(rows);
    // Only what the page shows may be sorted.
    for (const sort of plan.filter((node) => node['Node Type'].endsWith('Sort')))
      expect(sort['Actual Rows'] * sort['Actual Loops']).toBeLessThanOrEqual(rows);
  }

  const byTime = 'messages_organization_id_conversation_id_created_at_id_idx';
  test.each([
    ['the first page', 'first: 50', 51, byTime],
    ['the last page', 'last: 50', 51, byTime],
    ['the first page, newest first', `first: 50, ${newestFirst}`, 51, byTime],
    ['the largest page', 'first: 200', 201, byTime],
    // And the item before the cursor, which shows that the list has one.
    ['a page in the middle', 'first: 50, after: THE_CURSOR', 52, byTime],
    ['a page before the middle', 'last: 50, before: THE_CURSOR', 52, byTime],
    ['a page in the middle, newest first', `first: 50, after: THE_OTHER_CURSOR, ${newestFirst}`, 52, byTime],
    // The message itself on each side, and a page on each side.
    ['the page around a message', 'first: 50, around: THE_MESSAGE', 104, `${byTime}|messages_pkey`],
    ['a page after a time', 'first: 50, filter: { sentAfter: "2023-11-15T06:00:00Z" }', 51, byTime],
    ['a page before a time, newest first', `first: 50, filter: { sentBefore: "2023-11-15T06:00:00Z" }, ${newestFirst}`, 51, byTime],
    // Every second message is inbound.
    ['a page of one direction', 'first: 50, filter: { direction: INBOUND, channels: [SMS] }', 102, byTime],
  ])('messages: %s', (_name, given, rows, index) =>
    expectPlan(`{ conversation(id: THE_CONVERSATION) { messages(${given}) { edges { cursor node { id body createdAt } } } } }`, {
      label: 'messages',
      table: 'messages',
      index,
      rows,
    }),
  );

  test('messages: pages of many conversations', () =>
    expectPlan('{ conversations(first: 50) { nodes { messages(first: 20) { nodes { id body } } } } }', {
      label: 'messages',
      table: 'messages',
      index: byTime,
      rows: 50 * 21,
    }));

  test('messages: a page of a phone number', () =>
    expectPlan('{ phoneNumbers { nodes { messages(first: 50) { nodes { id body } } } } }', {
      label: 'messages',
      table: 'messages',
      index: 'messages_organization_id_phone_number_id_created_at_id_idx',
      rows: 3 * 51,
    }));

  const inOrder = 'conversations_organization_id_last_message_at_id_idx';
  test.each([
    ['the first page', 'first: 50', 51, inOrder],
    ['the last page', 'last: 50', 51, inOrder],
    ['the largest page', 'first: 200', 201, inOrder],
    [
      'in the order of their beginning',
      'first: 50, orderBy: { field: CREATED_AT, direction: ASC }',
      51,
      'conversations_organization_id_created_at_id_idx',
    ],
    ['unread first', 'first: 50, orderBy: { field: UNREAD, direction: DESC }', 51, 'conversations_by_unread'],
    ['of one type', 'first: 50, filter: { types: [PHONE] }', 51, `${inOrder}|conversations_organization_id_type_last_message_at_id_idx`],
    // One of a hundred conversations is archived, and every second is unread.
    ['not archived', 'first: 50, filter: { archived: false }', 60, inOrder],
    ['since a time', 'first: 50, filter: { since: "2023-11-15T00:00:00Z" }', 51, inOrder],
    [
      'of one contact',
      'first: 50, filter: { contactNumber: "+12000000042" }',
      1,
      'conversations_organization_id_contact_number_last_message_a_idx',
    ],
    ['unread', 'first: 50, filter: { unread: true }', 102, `${inOrder}|conversations_by_unread`],
  ])('conversations: %s', (_name, given, rows, index) =>
    expectPlan(`{ conversations(${given}) { nodes { id } } }`, { label: 'conversations', table: 'conversations', index, rows }),
  );

  // The join makes the order's index look more expensive.
  test('conversations: the first page with phone numbers', () =>
    expectPlan('{ conversations(first: 50) { nodes { phoneNumber { e164 createdAt } } } }', {
      label: 'conversations',
      table: 'conversations',
      index: inOrder,
      rows: 51,
    }));

  test('conversations: a page after an offset reads no more than what it skips and shows', () =>
    expectPlan('{ conversations(first: 50, offset: 1000) { nodes { id } } }', {
      label: 'conversations',
      table: 'conversations',
      index: inOrder,
      // And the first item of the list, which is before the page.
      rows: 1 + 1_000 + 51,
    }));

  test('a key by its hash', async () => {
    const key = await parley.key(tenant.id);
    const plan = await explainPrepared(parley.app, 'api_key_look_up', () => parley.graphql(key, '{ organization { name } }'));
    const [read, ...others] = plan.filter((node) => node['Relation Name'] === 'api_keys');
    expect(read).toMatchObject({ 'Node Type': 'Index Scan', 'Index Name': 'api_keys_hash_key', 'Actual Rows': 1 });
    expect(others).toEqual([]);
  });

  test('a conversation by its id', () =>
    expectPlan('{ conversation(id: THE_CONVERSATION) { title } }', {
      label: 'conversations',
      table: 'conversations',
      index: 'conversations_.*',
      rows: 1,
    }));

  test('a message by its id', () =>
    expectPlan('{ node(id: THE_MESSAGE) { ... on Message { body } } }', {
      label: 'messages',
      table: 'messages',
      index: 'messages_pkey',
      rows: 1,
    }));

  test.each([
    ['the first page', 'first: 50', 51, 'events_pkey'],
    ['the last page', 'last: 50', 51, 'events_pkey'],
    [
      'a page of a conversation',
      'first: 50, filter: { conversationId: THE_CONVERSATION, kinds: [MESSAGE_RECORDED] }',
      51,
      'events_of_conversation_by_kind',
    ],
    ['a page of one kind', 'first: 50, filter: { kinds: [MESSAGE_RECORDED] }', 51, 'events_by_kind|events_pkey'],
  ])('changes: %s', (_name, given, rows, index) =>
    // One more is the newest event, which `latestCursor` names.
    expectPlan(`{ changes(${given}) { nodes { id } } }`, { label: 'changes', table: 'events', index, rows: rows + 1 }),
  );
});

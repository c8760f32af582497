// Changes of one conversation or of some kinds: the same positions in the order of commits, found without reading the others.
import { beforeAll, expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { encodeId } from '../../../src/values/ids.ts';
import { explain } from '../../support/explain.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { expectSlices } from '../../support/slices.ts';
import { ask } from '../conversation/conversations.ts';
import { readable } from './readable.ts';
import { openStream } from './stream.ts';

const parley = useApp();
const contact = (nth: number) => `+155500010${10 + nth}`;
const document = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ChangeFilter) {
  changes(first: $first, after: $after, last: $last, before: $before, filter: $filter) { latestCursor totalCount
    edges { cursor node { id } } nodes { id changeKind conversationId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
let tenant: Tenant;
/** The conversations' ids, by contact. */
let ids: string[];

interface Filter {
  conversationId?: string | null;
  kinds?: string[] | null;
}
interface Node {
  id: string;
  changeKind: string;
  conversationId: string | null;
}

const changes = async (filter: Filter | null, variables: object = {}) =>
  (await ask(parley, tenant.key, document, { first: 200, ...variables, filter })).changes;

beforeAll(async () => {
  tenant = await parley.tenant();
  const line = (nth: number, round: number, more = {}) =>
    phoneLine({ externalId: `${nth} ${round}`, contactNumber: contact(nth), ...more });
  for (let round = 0; round < 3; round++)
    await parley.importLines(
      tenant,
      [0, 1, 2].map((nth) => line(nth, round)),
    );
  await parley.importLines(tenant, [
    line(0, 0, { deletedAt: '2026-01-03T00:00:00Z' }),
    line(1, 1, { editedAt: '2026-01-02T00:00:00Z', body: 'x' }),
  ]);
  await updateRetention(parley.app.database, tenant.id, 3_650);
  await readable(parley.app.database);
  const { conversations } = await ask(parley, tenant.key, '{ conversations { nodes { id contactNumber } } }');
  ids = [0, 1, 2].map((nth) => conversations.nodes.find((each: { contactNumber: string }) => each.contactNumber === contact(nth)).id);
});

test('returns the matching changes in the same order with the same cursors; a cursor is valid with any filter', async () => {
  const all = await changes(null);
  expect(all.nodes).toHaveLength(3 + 9 + 2 + 1);
  const filters: Filter[] = [
    {},
    { conversationId: null, kinds: null },
    ...ids.map((conversationId) => ({ conversationId })),
    { kinds: ['MESSAGE_RECORDED'] },
    { kinds: ['MESSAGE_DELETED', 'CONVERSATION_CREATED', 'MESSAGE_DELETED'] },
    { kinds: ['RETENTION_CHANGED'] },
    { kinds: ['MESSAGE_REDACTED'] },
    { conversationId: ids[0] as string, kinds: ['MESSAGE_RECORDED', 'MESSAGE_DELETED'] },
    { conversationId: ids[2] as string, kinds: ['MESSAGE_DELETED'] },
  ];
  const lengths: number[] = [];
  for (const filter of filters) {
    const matches = ({ changeKind, conversationId }: Node) =>
      (filter.kinds?.includes(changeKind) ?? true) && (filter.conversationId == null || filter.conversationId === conversationId);
    const page = await changes(filter);
    expect(page.nodes).toEqual(all.nodes.filter(matches));
    const kept = new Set(page.nodes.map(({ id }: Node) => id));
    expect(page.edges).toEqual(all.edges.filter(({ node }: { node: Node }) => kept.has(node.id)));
    expect(page.totalCount).toBe(page.nodes.length);
    lengths.push(page.nodes.length);
    const { cursor } = all.edges[6];
    const after = all.nodes.slice(7).filter(matches);
    const rest = await changes(filter, { after: cursor });
    expect(rest.nodes).toEqual(after);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: after.length < page.nodes.length });
  }
  expect(lengths).toEqual([15, 15, 5, 5, 4, 9, 4, 1, 0, 4, 0]);
});

test.each<[string, () => Filter, number]>([
  ['of a conversation', () => ({ conversationId: ids[0] as string }), 5],
  ['of two kinds', () => ({ kinds: ['CONVERSATION_CREATED', 'MESSAGE_UPDATED'] }), 4],
  ['of a kind without changes', () => ({ kinds: ['MESSAGE_REDACTED'] }), 0],
])('returns any page %s as the slice of the whole list', async (_name, filter, count) => {
  const { edges } = await changes(null);
  await expectSlices((args) => changes(filter(), { first: undefined, ...args }), count, [edges[2].cursor]);
});

test('returns later matching changes after the latest cursor', async () => {
  const filter = { conversationId: ids[2] as string, kinds: ['MESSAGE_RECORDED'] };
  const { latestCursor } = await changes({ kinds: ['MESSAGE_REDACTED'] });
  expect((await changes(filter, { after: latestCursor })).nodes).toEqual([]);
  await parley.importLines(tenant, [phoneLine({ contactNumber: contact(1) }), phoneLine({ contactNumber: contact(2) })]);
  await readable(parley.app.database);
  expect((await changes(filter, { after: latestCursor })).nodes).toMatchObject([
    { changeKind: 'MESSAGE_RECORDED', conversationId: ids[2] },
  ]);
});

test('returns nothing for a conversation that is unknown or of another organization', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({})]);
  const { conversations } = await ask(parley, other.key, '{ conversations { nodes { id } } }');
  for (const conversationId of [conversations.nodes[0].id, encodeId('Conversation', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e')]) {
    expect(await changes({ conversationId })).toMatchObject({ nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } });
  }
});

test.each<[Filter, string]>([
  [{ kinds: [] }, 'filter.kinds'],
  [{ conversationId: 'x' }, 'filter.conversationId'],
  [{ conversationId: encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e') }, 'filter.conversationId'],
  [{ kinds: ['MESSAGE_READ'] }, 'filter.kinds[0]'],
])('rejects the filter %j', async (filter, field) => {
  const { errors } = await parley.graphql(tenant.key, document, { filter });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});

test('reads few events for a page when few of many match', async () => {
  await parley.app.database.query({
    label: 'test_many',
    text: `insert into events (organization_id, kind, conversation_id, message_id)
      select e.organization_id, 'MESSAGE_UPDATED', e.conversation_id, e.message_id from (select * from events where organization_id = $1 and kind = 'MESSAGE_DELETED') e
      cross join generate_series(1, 20000)`,
    values: [tenant.id],
  });
  await parley.app.database.query({ label: 'test_vacuum', text: 'vacuum analyze events' });
  await readable(parley.app.database);
  const filters: Filter[] = [
    { kinds: ['MESSAGE_DELETED', 'RETENTION_CHANGED'] },
    { conversationId: ids[2] as string },
    { conversationId: ids[0] as string, kinds: ['MESSAGE_RECORDED'] },
  ];
  for (const filter of filters) {
    // Without the total, which would read all matching events.
    const page =
      'query ($filter: ChangeFilter, $after: String) { changes(first: 10, after: $after, filter: $filter) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }';
    const { edges } = await changes(filter);
    const nodes = await explain(parley.app, 'changes', () => ask(parley, tenant.key, page, { filter, after: edges[0].cursor }));
    const read = nodes
      .filter((node) => node['Relation Name'] === 'events')
      .reduce((sum, node) => sum + node['Shared Hit Blocks'] + node['Shared Read Blocks'], 0);
    // All events together have about 300 blocks.
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(100);
  }
});

test('a subscription to some kinds gets missed and new events of those kinds only', async () => {
  const subscription =
    'subscription ($id: ID, $kinds: [ChangeKind!], $after: String) { conversationChanged(conversationId: $id, kinds: $kinds, after: $after) { cursor changeKind conversationId } }';
  const { latestCursor } = await changes(null, { first: 1 });
  const created = (nth: number) => phoneLine({ contactNumber: contact(nth) });
  await parley.importLines(tenant, [created(3), created(0)]);
  const kinds = ['CONVERSATION_CREATED', 'MESSAGE_DELETED'];
  const stream = await openStream(parley.app, tenant.key, subscription, { kinds, after: latestCursor });
  const ofOne = await openStream(parley.app, tenant.key, subscription, { id: ids[0], kinds: ['MESSAGE_RECORDED'], after: latestCursor });
  await parley.importLines(tenant, [created(4), phoneLine({ externalId: 'live', contactNumber: contact(0) })]);
  const [first, second] = [await stream.take(), await stream.take()];
  expect([first.changeKind, second.changeKind]).toEqual(['CONVERSATION_CREATED', 'CONVERSATION_CREATED']);
  expect(new Set([first.conversationId, second.conversationId, ...ids]).size).toBe(5);
  const cursors = [await ofOne.take(), await ofOne.take()].map((event) => {
    expect(event).toMatchObject({ changeKind: 'MESSAGE_RECORDED', conversationId: ids[0] });
    return event.cursor;
  });
  expect(new Set(cursors).size).toBe(2);
  await stream.close();
  await ofOne.close();
});

test.each<[string[], string]>([
  [[], 'kinds'],
  [['MESSAGE_RECORDED', 'RETENTION_CHANGED'], 'kinds[1]'],
])('rejects a subscription to %j', async (kinds, field) => {
  const query = 'subscription ($kinds: [ChangeKind!]) { conversationChanged(kinds: $kinds) { changeKind } }';
  const stream = await openStreamOrError(query, { kinds });
  expect(stream).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }] });
});

/** Returns the answer to a refused subscription, whether it comes in a stream or not. */
async function openStreamOrError(query: string, variables: object): Promise<unknown> {
  const response = await parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text);
}

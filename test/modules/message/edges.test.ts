// Edges that clients add to a list that they show: each has the cursor that the list itself gives the item in its default order.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { readable } from '../change/readable.ts';
import { openStream } from '../change/stream.ts';
import { ask } from '../conversation/conversations.ts';
import { inCapitals } from './recording.ts';

const parley = useApp();
const edges = 'messageEdge { cursor node { id body } } conversationEdge { cursor node { id contactNumber } }';
const results = `{ results { outcome ${edges} } }`;
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ externalId: 'old', createdAt: '2026-01-01T00:00:00Z' })]);
});

async function record(...lines: Record<string, unknown>[]) {
  const document = `mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) ${results} }`;
  return (await ask(parley, tenant.key, document, { messages: lines.map(inCapitals) })).recordMessages.results;
}

/** The edges of the inbox, and of each thread in it, as the lists give them. */
async function listed() {
  const thread = 'messages { edges { cursor node { id body } } }';
  const { conversations } = await ask(parley, tenant.key, `{ conversations { edges { cursor node { id contactNumber ${thread} } } } }`);
  type Listed = { cursor: string; node: { id: string; contactNumber: string; messages: { edges: { node: { body: string } }[] } } };
  return {
    conversation: (contactNumber: string) => {
      const edge = conversations.edges.find(({ node }: Listed) => node.contactNumber === contactNumber);
      return { cursor: edge.cursor, node: { id: edge.node.id, contactNumber } };
    },
    message: (text: string) =>
      conversations.edges
        .flatMap(({ node }: Listed) => node.messages.edges)
        .find(({ node }: { node: { body: string } }) => node.body === text),
  };
}

test('returns the edge of a new message, in a stored conversation and in a new one', async () => {
  const line = (body: string, contactNumber: string, day: number) =>
    phoneLine({ body, contactNumber, createdAt: `2026-02-0${day}T00:00:00.120Z` });
  const found = await record(
    line('a', '+15550000002', 1),
    line('b', '+15550000003', 2),
    line('c', '+15550000003', 3),
    line('d', '+15550000002', 1),
  );
  const list = await listed();
  expect(found).toEqual([
    { outcome: 'CREATED', messageEdge: list.message('a'), conversationEdge: null },
    { outcome: 'CREATED', messageEdge: list.message('b'), conversationEdge: list.conversation('+15550000003') },
    { outcome: 'CREATED', messageEdge: list.message('c'), conversationEdge: null },
    { outcome: 'CREATED', messageEdge: list.message('d'), conversationEdge: null },
  ]);
});

test('returns the edge of a stored message, so that a repeated request gets it too', async () => {
  const line = phoneLine({ externalId: 'repeated', body: 'repeated', contactNumber: '+15550000004' });
  const [first] = await record(line);
  expect(first.conversationEdge).not.toBeNull();
  expect(await record(line)).toEqual([{ ...first, outcome: 'SKIPPED', conversationEdge: null }]);
  const document = `mutation ($id: ID!) { updateMessages(input: { updates: [{ id: $id, deletedAt: "2026-03-01T00:00:00Z" }] }) ${results} }`;
  const { updateMessages } = await ask(parley, tenant.key, document, { id: first.messageEdge.node.id });
  const messageEdge = { ...first.messageEdge, node: { id: first.messageEdge.node.id, body: null } };
  expect(updateMessages.results).toEqual([{ outcome: 'UPDATED', messageEdge, conversationEdge: null }]);
});

test('refuses a key without conversations:read that selects an edge, and changes nothing', async () => {
  const key = await parley.key(tenant.id, ['messages:ingest']);
  for (const edge of ['messageEdge', 'conversationEdge']) {
    const document = `mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) { results { ${edge} { cursor } } } }`;
    const { data, errors } = await parley.graphql(key, document, { messages: [inCapitals(phoneLine({ contactNumber: '+15550000009' }))] });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
  }
  const { conversations } = await ask(parley, tenant.key, '{ conversations(filter: { contactNumber: "+15550000009" }) { totalCount } }');
  expect(conversations.totalCount).toBe(0);
});

test('returns the edges of new messages and new conversations in live events, no others', async () => {
  await readable(parley.app.database);
  const recorded = await openStream(parley.app, tenant.key, 'subscription { messageRecorded { messageEdge { cursor node { id body } } } }');
  const changed = await openStream(parley.app, tenant.key, `subscription { conversationChanged { changeKind ${edges} } }`);
  const line = phoneLine({ externalId: 'live', body: 'live', contactNumber: '+15550000005' });
  await parley.importLines(tenant, [line]);
  await parley.importLines(tenant, [
    { ...line, deletedAt: '2026-03-01T00:00:00Z' },
    phoneLine({ body: 'later', contactNumber: '+15550000005' }),
  ]);
  const [first, second] = [await recorded.take(), await recorded.take()];
  const seen = [await changed.take(), await changed.take(), await changed.take(), await changed.take()];
  const list = await listed();
  expect(second).toEqual({ messageEdge: list.message('later') });
  expect(first.messageEdge.cursor).not.toBe(second.messageEdge.cursor);
  const kinds = seen.map(({ changeKind, messageEdge, conversationEdge }) => [changeKind, messageEdge !== null, conversationEdge !== null]);
  expect(kinds).toEqual([
    ['CONVERSATION_CREATED', false, true],
    ['MESSAGE_RECORDED', true, false],
    ['MESSAGE_RECORDED', true, false],
    ['MESSAGE_DELETED', false, false],
  ]);
  expect(seen[0].conversationEdge).toEqual(list.conversation('+15550000005'));
  expect(seen[2].messageEdge).toEqual(list.message('later'));
  await recorded.close();
  await changed.close();
});

test('an edge costs the same as its message, for each item', async () => {
  const document = (field: string) => `mutation { updateMessages(input: { updates: [{}, {}, {}] }) { results { ${field} } } }`;
  const cost = async (field: string) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: document(field) }) };
    const answer = (await (await parley.fetch('/graphql', tenant.key, init)).json()) as { extensions: { cost: { price: number } } };
    return answer.extensions.cost;
  };
  expect(await cost('messageEdge { node { id author { id } } }')).toEqual(await cost('message { id author { id } }'));
});

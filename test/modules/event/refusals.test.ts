import { expect, test } from 'vitest';
import { encodePosition } from '../../../src/modules/event/position.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();
const recorded = 'subscription ($id: ID, $after: String) { messageRecorded(conversationId: $id, after: $after) { cursor } }';
const typing = 'subscription ($id: ID!) { typing(conversationId: $id) { at } }';

async function ask(key: string | null, query: string, variables = {}, accept = 'text/event-stream'): Promise<[number, string]> {
  const response = await parley.fetch('/graphql', key, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
  });
  return [response.status, await response.text()];
}

async function strangersConversation(): Promise<string> {
  const stranger = await parley.tenant();
  await parley.importLines(stranger, [phoneLine({})]);
  const { data } = await parley.graphql(stranger.key, '{ conversations { nodes { id } } }');
  return data.conversations.nodes[0].id;
}

test.each([recorded, typing])("another organization's conversation is not there: %s", async (query) => {
  const { key } = await parley.tenant();
  const [, answer] = await ask(key, query, { id: await strangersConversation() });
  expect(answer).toContain('"code":"NOT_FOUND"');
  expect(answer).toContain('event: complete');
});

test.each([
  ['an id of another type', recorded, { id: 'AQ' }, 'BAD_USER_INPUT'],
  ['no cursor', recorded, { after: 'nonsense' }, 'BAD_USER_INPUT'],
  ['a place in another database', recorded, { after: encodePosition({ transactionId: 2 ** 52, id: 1 }) }, 'CONFLICT'],
  ['two streams in one', '{ a }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['a stream that is left out', 'subscription { messageRecorded @skip(if: true) { cursor } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a stream that may be left out, in a fragment',
    'subscription ($x: Boolean = true) { ...A } fragment A on Subscription { ... { messageRecorded @include(if: $x) { cursor } } }',
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['two streams in one', 'subscription { messageRecorded { cursor } conversationUpdated { cursor } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
])('%s is refused', async (_name, query, variables, code) => {
  const { key } = await parley.tenant();
  const [, answer] = await ask(key, query, variables);
  expect(answer.match(/"code":"\w+"/g)).toEqual([`"code":"${code}"`]);
});

test.each([recorded, 'subscription { conversationUpdated { cursor } }'])('without the scope to read nothing begins: %s', async (query) => {
  const { id }: Tenant = await parley.tenant();
  const [, answer] = await ask(await parley.key(id, ['messages:ingest']), query);
  expect(answer).toContain('"requiredScopes":["conversations:read"]');
  expect(answer).toContain('event: complete');
});

test('without a key: 401', async () => {
  expect((await ask(null, recorded))[0]).toBe(401);
});

test('asked for as JSON: 406, and nobody is left following', async () => {
  const tenant = await parley.tenant();
  expect((await ask(tenant.key, recorded, {}, 'application/json'))[0]).toBe(406);
  // What was begun for the stream ends before this does.
  await parley.importLines(tenant, [phoneLine({})]);
  expect(await parley.statements(() => parley.importLines(tenant, [phoneLine({})]))).not.toContain('events_read');
});

import { describe, expect, test } from 'vitest';
import { encodePosition } from '../../../src/modules/event/store/position.ts';
import { post } from '../../graphql/post.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { feedClosed } from './feed-closed.ts';
import { type Open, transports } from './stream.ts';

const parley = useApp();
const recorded = 'subscription ($id: ID, $after: String) { messageRecorded(conversationId: $id, after: $after) { cursor } }';
const expensive =
  'subscription { messageRecorded { conversation { messages(first: 200) { nodes { conversation { messages(first: 200) { nodes { conversation { messages(first: 200) { nodes { id } } } } } } } } } } }';
const typing = 'subscription ($id: ID!) { typing(conversationId: $id) { at } }';

/** Returns the extensions of the errors that a subscription is refused with. Nothing may come after them. */
async function refusedBy(open: Open, key: string, query: string, variables = {}): Promise<unknown[]> {
  const stream = await open(parley.app, key, query, variables);
  const answer = await stream.next();
  expect(answer).not.toHaveProperty('data.messageRecorded');
  expect(await stream.next()).toBeNull();
  await stream.close();
  return (answer?.errors ?? []).map(({ extensions: { requestId, ...extensions } }) => {
    expect(requestId).toMatch(/^[0-9A-Z]{26}$/);
    return extensions;
  });
}

async function strangersConversation(): Promise<string> {
  const stranger = await parley.tenant();
  await parley.importLines(stranger, [phoneLine({})]);
  const { data } = await parley.graphql(stranger.key, '{ conversations { nodes { id } } }');
  return data.conversations.nodes[0].id;
}

describe.each(transports)('over %s', (_name, open) => {
  test.each([recorded, typing])("answers NOT_FOUND for another organization's conversation: %s", async (query) => {
    const { key } = await parley.tenant();
    expect(await refusedBy(open, key, query, { id: await strangersConversation() })).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test.each([
    ['an id of another type', recorded, { id: 'AQ' }, 'BAD_USER_INPUT'],
    ['a text that is no cursor', recorded, { after: 'nonsense' }, 'BAD_USER_INPUT'],
    ['a cursor of another database', recorded, { after: encodePosition({ transactionId: 2 ** 52, id: 1 }) }, 'CONFLICT'],
    ['a variable that does not coerce', recorded, { id: {} }, 'BAD_USER_INPUT'],
    ['a document that does not parse', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a document that does not validate', '{ a }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a document that is too long', `${recorded} #`.padEnd(65_537), {}, 'QUERY_TOO_COMPLEX'],
    ['an operation that costs too much', expensive, {}, 'QUERY_TOO_COMPLEX'],
    ['a stream that is skipped', 'subscription { messageRecorded @skip(if: true) { cursor } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a stream that may be skipped, in a fragment',
      'subscription ($x: Boolean = true) { ...A } fragment A on Subscription { ... { messageRecorded @include(if: $x) { cursor } } }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['two streams in one', 'subscription { messageRecorded { cursor } conversationChanged { cursor } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ])('rejects %s', async (_name, query, variables, code) => {
    const { key } = await parley.tenant();
    expect(await refusedBy(open, key, query, variables)).toMatchObject([{ code }]);
  });

  test.each([recorded, 'subscription { conversationChanged { cursor } }'])('rejects a key without the scope to read: %s', async (query) => {
    const { id }: Tenant = await parley.tenant();
    const key = await parley.key(id, ['messages:ingest']);
    expect(await refusedBy(open, key, query)).toEqual([{ code: 'FORBIDDEN', requiredScopes: ['conversations:read'] }]);
  });
});

test.each([
  ['as JSON', { accept: 'application/json' }, 'application/json'],
  ['as Apollo Client asks', { accept: 'application/graphql-response+json,application/json;q=0.9' }, 'application/graphql-response+json'],
  ['as anything', { accept: '*/*' }, 'application/json'],
  ['without Accept', {}, 'application/json'],
])('answers 406 with advice to a request %s, and leaves no open stream', async (_name, headers, type) => {
  const tenant = await parley.tenant();
  const refused = await post(parley, tenant.key, JSON.stringify({ query: recorded }), headers as Record<string, string>);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([406, type]);
  const message =
    'a subscription is answered as a stream: send Accept: text/event-stream, or subscribe over WebSocket (graphql-transport-ws)';
  const requestId = refused.headers.get('x-request-id');
  expect(refused.answer).toEqual({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT', requestId } }] });
  await feedClosed(parley, tenant);
});

// A refusal means that nothing changed: the payload of every mutation is checked before it writes. Once a mutation is done, an error while its payload is
// read is UNAVAILABLE, and repeating the request is harmless.
import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { stored } from '../support/stored.ts';
import { newHook } from '../support/webhooks.ts';

const parley = useApp();
const at = '2026-01-01T00:00:00Z';
let tenant: Tenant;
let ids: Record<string, string>;

beforeEach(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    phoneLine({
      externalId: 'first',
      agent: { externalId: 'ada', name: 'Ada' },
      reactions: [{ type: 'love', direction: 'inbound', createdAt: at }],
    }),
  ]);
  const query =
    '{ conversations { nodes { id agent { id } phoneNumber { id } lastMessage { id author { id } } } } apiKeys { nodes { id } } }';
  const hook = await newHook(parley, tenant);
  const { data } = await parley.graphql(tenant.key, query);
  const [conversation] = data.conversations.nodes;
  ids = {
    conversation: conversation.id,
    agent: conversation.agent.id,
    number: conversation.phoneNumber.id,
    message: conversation.lastMessage.id,
    contact: conversation.lastMessage.author.id,
    key: data.apiKeys.nodes[0].id,
    ...hook,
  };
});

/** Each mutation with an input that changes something, and the path from its payload to a conversation and to a message, or null. */
const mutations: Record<string, { input: () => object; conversation: string | null; message: string | null }> = {
  updateConversation: ofConversation(() => ({ id: ids.conversation, metadata: { was: 'written' } })),
  markConversationRead: ofConversation(() => ({ id: ids.conversation, through: at })),
  sendTypingIndicator: ofConversation(() => ({ conversationId: ids.conversation })),
  setChatBackground: ofConversation(() => ({ conversationId: ids.conversation, imageUrl: 'https://images.test/a' })),
  removeChatBackground: ofConversation(() => ({ conversationId: ids.conversation })),
  assignAgent: ofConversation(() => ({ conversationId: ids.conversation, agentId: null })),
  recordMessages: ofMessage('results { message', () => ({
    messages: [{ externalId: 'new', createdAt: at, direction: 'INBOUND', phoneNumber: '+15550000001', contactNumber: '+15550000002' }],
  })),
  updateMessages: ofMessage('results { message', () => ({ updates: [{ id: ids.message, deletedAt: at }] })),
  addReaction: ofMessage('message', () => ({ messageId: ids.message, type: 'like', direction: 'INBOUND', createdAt: at })),
  removeReaction: ofMessage('message', () => ({ messageId: ids.message, type: 'love', direction: 'INBOUND', removedAt: at })),
  recordConsent: ofNeither(() => ({ phoneNumberId: ids.number, contactNumber: '+15550000002', optedIn: true, at })),
  createAgent: ofNeither(() => ({ externalId: 'bob', name: 'Bob' })),
  updateParticipant: ofNeither(() => ({ id: ids.contact, firstName: 'Ann' })),
  updateRetentionPolicy: ofNeither(() => ({ days: 36_500 })),
  createApiKey: ofNeither(() => ({ name: 'k', scopes: ['apikeys:write'] })),
  rotateApiKey: ofNeither(() => ({ id: ids.key, graceSeconds: 60 })),
  revokeApiKey: ofNeither(() => ({ id: ids.key })),
  setWebhookEndpoint: ofNeither(() => ({ url: 'https://hooks.test/other' })),
  enableWebhookEndpoint: ofNeither(() => ({ id: ids.endpoint })),
  disableWebhookEndpoint: ofNeither(() => ({ id: ids.endpoint })),
  rotateWebhookEndpointSecret: ofNeither(() => ({ id: ids.endpoint })),
  deleteWebhookEndpoint: ofNeither(() => ({ id: ids.endpoint })),
  testWebhookEndpoint: ofNeither(() => ({ id: ids.endpoint })),
  replayWebhookDelivery: ofNeither(() => ({ id: ids.delivery })),
};

function ofConversation(input: () => object) {
  return { input, conversation: 'conversation', message: 'conversation { lastMessage' };
}

function ofMessage(path: string, input: () => object) {
  return { input, conversation: `${path} { conversation`, message: path };
}

function ofNeither(input: () => object) {
  return { input, conversation: null, message: null };
}

function run(name: string, selection: string): Promise<Response> {
  const input = mutations[name]?.input();
  const query = `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) ${closed(selection)} }`;
  return parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
}

/** Returns the selection in braces, with its open braces closed. */
function closed(selection: string): string {
  const open = selection.split('{').length - selection.split('}').length;
  return `{ ${selection}${' }'.repeat(open + 1)}`;
}

test('the table has every mutation', () => {
  expect(Object.keys(mutations).sort()).toEqual(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort());
});

test('every field with arguments below a payload has a check of them', () => {
  const seen = new Set<GraphQLObjectType>();
  const unchecked: string[] = [];
  const look = (type: unknown) => {
    if (!isObjectType(type) || seen.has(type)) return;
    seen.add(type);
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0 && !field.extensions.checkArguments) unchecked.push(`${type.name}.${field.name}`);
      look(getNamedType(field.type));
    }
  };
  for (const { type } of Object.values(schema.getMutationType()?.getFields() ?? {})) look(getNamedType(type));
  expect(unchecked).toEqual([]);
  expect(seen.size).toBeGreaterThan(10);
});

describe.each(Object.entries(mutations).filter(([, { conversation }]) => conversation !== null))(
  '%s',
  (name, { conversation, message }) => {
    test.each([
      [`${conversation} { messages(first: 0) { nodes { id } }`, 'first'],
      [`${conversation} { messages(first: 1, last: 1) { nodes { id } }`, 'last'],
      [`${conversation} { messages(after: "no cursor") { nodes { id } }`, 'after'],
      [`${conversation} { messages(filter: { query: "${'x'.repeat(257)}" }) { nodes { id } }`, 'filter.query'],
      [`${conversation} { messages(filter: { sentBeforeRank: 1 }) { nodes { id } }`, 'filter.sentBeforeRank'],
      [`${conversation} { messages(around: "no id") { nodes { id } }`, 'around'],
      [`${conversation} { messages(aroundNumber: 7) { nodes { id } }`, 'aroundNumber'],
      [`${conversation} { participants(first: 201) { nodes { id } }`, 'first'],
      [`${conversation} { phoneNumber { messages(last: -1) { nodes { id } } }`, 'last'],
      [`${conversation} { ... on Node { ... on Conversation { messages(first: 300) { nodes { id } } } }`, 'first'],
      [`${message} { reactions(first: 0) { reactionType }`, 'first'],
    ])('refuses %s and changes nothing', async (selection, field) => {
      const before = await stored(parley.app.database, tenant.id);
      const answer = await (await run(name, selection)).json();
      expect(answer).toMatchObject({ data: null, errors: [{ path: [name], extensions: { code: 'BAD_USER_INPUT', field } }] });
      expect(await stored(parley.app.database, tenant.id)).toEqual(before);
    });
  },
);

test.each([
  '{ __typename @include(if: $condition) } }',
  '{ conversation { id @skip(if: $condition) } } }',
  '{ ... on UpdateConversationPayload { conversation { ... @include(if: $condition) { id } } } } }',
  '{ ...Shown } } fragment Shown on UpdateConversationPayload { conversation { id @include(if: $condition) } }',
])('refuses a null condition before anything changes: %s', async (payload) => {
  const before = await stored(parley.app.database, tenant.id);
  const variables = { input: mutations.updateConversation?.input(), condition: null };
  const query = `mutation ($input: UpdateConversationInput!, $condition: Boolean = true) { updateConversation(input: $input) ${payload}`;
  const { data, errors } = await parley.graphql(tenant.key, query, variables);
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ path: ['updateConversation'], extensions: { code: 'BAD_USER_INPUT', field: 'if' } }]);
  expect(await stored(parley.app.database, tenant.id)).toEqual(before);
});

test('checks cost and shape before anything changes', async () => {
  const before = await stored(parley.app.database, tenant.id);
  for (const selection of [
    'conversation { messages(first: 200) { nodes { conversation { messages(first: 200) { nodes { conversation { messages(first: 200) { nodes { id } } } } } } } }',
    `conversation { ${Array.from({ length: 60 }, (_, nth) => `a${nth}: title`).join(' ')}`,
  ]) {
    const { errors } = (await (await run('updateConversation', selection)).json()) as { errors: object[] };
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  }
  expect(await stored(parley.app.database, tenant.id)).toEqual(before);
});

describe('reading the payload', () => {
  /** A payload's selection, and the relation or column without which only reading it fails. */
  const broken: [name: string, selection: string, from: string, to: string][] = [
    ...[
      'updateConversation',
      'markConversationRead',
      'sendTypingIndicator',
      'setChatBackground',
      'removeChatBackground',
      'assignAgent',
    ].map((name): [string, string, string, string] => [name, 'conversation { consent { optedIn', 'table consents', 'table consents_away']),
    ...['recordMessages', 'updateMessages', 'addReaction', 'removeReaction'].map((name): [string, string, string, string] => [
      name,
      `${mutations[name]?.message} { attachments { url`,
      'view visible_attachments',
      'view visible_attachments_away',
    ]),
    ['createAgent', 'agent { name', 'column agents.created_at', 'column agents.created_at_away'],
    ['updateParticipant', 'participant { name', 'table units', 'table units_away'],
  ];

  function renaming(from: string, to: string): string {
    const [kind, name = ''] = from.split(' ');
    const target = to.split(' ')[1]?.split('.').at(-1);
    if (kind !== 'column') return `alter ${kind} ${name} rename to ${target}`;
    const [table, column] = name.split('.');
    return `alter table ${table} rename column ${column} to ${target}`;
  }
  const rename = (from: string, to: string) => parley.app.database.query({ label: 'rename', text: renaming(from, to) });

  test.each(broken)('%s is done, its payload is UNAVAILABLE, and a repetition changes nothing more', async (name, selection, from, to) => {
    await rename(from, to);
    const response = await run(name, selection).finally(() => rename(to, from));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'temporarily unavailable', extensions: { code: 'UNAVAILABLE' } }],
    });
    const once = await stored(parley.app.database, tenant.id);
    const again = (await (await run(name, selection)).json()) as { errors?: object[] };
    expect(again.errors).toBeUndefined();
    expect(await stored(parley.app.database, tenant.id)).toEqual(once);
  });

  /** Mutations whose payload is what their command returned. */
  const others: [name: string, payload: string][] = [
    ['createApiKey', 'secret apiKey { id name scopes'],
    ['recordConsent', 'changed consent { optedIn optedInAt'],
    ['revokeApiKey', 'apiKey { id name revokedAt'],
    ['rotateApiKey', 'secret apiKey { id } replaced { id expiresAt'],
    ['updateRetentionPolicy', 'organization { id name retentionDays createdAt'],
    ...['enableWebhookEndpoint', 'disableWebhookEndpoint'].map((name): [string, string] => [
      name,
      'endpoint { id url endpointStatus disabledAt',
    ]),
    ['setWebhookEndpoint', 'secret created endpoint { id url endpointStatus'],
    ['rotateWebhookEndpointSecret', 'secret endpoint { id secretHint'],
    ['deleteWebhookEndpoint', 'deleted'],
    ...['testWebhookEndpoint', 'replayWebhookDelivery'].map((name): [string, string] => [name, 'delivery { id deliveryStatus attempts']),
  ];

  test('every mutation is in one of the two tables', () => {
    expect([...broken, ...others].map(([name]) => name).sort()).toEqual(Object.keys(mutations).sort());
  });

  test.each(others)('%s runs no statement after its change', async (name, payload) => {
    const bare = await parley.statements(() => run(name, '__typename'));
    await another();
    expect(await parley.statements(() => run(name, payload))).toEqual(bare);
  });

  async function another(): Promise<void> {
    tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({})]);
    const { data } = await parley.graphql(tenant.key, '{ phoneNumbers { nodes { id } } apiKeys { nodes { id } } }');
    ids = { ...ids, number: data.phoneNumbers.nodes[0].id, key: data.apiKeys.nodes[0].id, ...(await newHook(parley, tenant)) };
  }
});

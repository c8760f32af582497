import { beforeAll, expect, test } from 'vitest';
import { scopes as allScopes, type Scope } from '../../src/auth/scopes.ts';
import { schema } from '../../src/graphql/schema.ts';
import { encodeId, type NodeType } from '../../src/ids.ts';
import { toldBy } from '../modules/conversation/conversations.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const at = '"2026-01-01T00:00:00Z"';
const id = (type: NodeType) => `"${encodeId(type, '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e')}"`;

/** Every mutation: the scope that it needs, an input, and what of its payload shows what only a key that may read sees. */
const mutations: Record<string, [scope: Scope, input: string, shown: string | null]> = {
  updateConversation: ['conversations:write', `id: ${id('Conversation')}`, 'conversation { id }'],
  markConversationRead: ['conversations:write', `id: ${id('Conversation')}`, 'conversation { id }'],
  sendTypingIndicator: ['conversations:write', `conversationId: ${id('Conversation')}`, 'conversation { id }'],
  setChatBackground: [
    'conversations:write',
    `conversationId: ${id('Conversation')}, imageUrl: "https://images.test/a"`,
    'conversation { id }',
  ],
  removeChatBackground: ['conversations:write', `conversationId: ${id('Conversation')}`, 'conversation { id }'],
  recordMessages: [
    'messages:ingest',
    `messages: [{ externalId: "new", createdAt: ${at}, direction: INBOUND, phoneNumber: "+15550000001", contactNumber: "+15550000002" }]`,
    'results { ... on MessageResult { message { id } } }',
  ],
  updateMessages: ['messages:ingest', `updates: [{ id: ${id('Message')}, deletedAt: ${at} }]`, 'results { message { id } }'],
  addReaction: ['messages:ingest', `messageId: ${id('Message')}, type: "like", direction: INBOUND, createdAt: ${at}`, 'message { id }'],
  recordConsent: [
    'messages:ingest',
    `phoneNumberId: ${id('PhoneNumber')}, contactNumber: "+15550000002", optedIn: true, at: ${at}`,
    'consent { optedIn }',
  ],
  createAgent: ['org:admin:write', 'externalId: "a", name: "A"', 'agent { id }'],
  assignAgent: ['org:admin:write', `conversationId: ${id('Conversation')}, agentId: null`, 'conversation { id }'],
  updateParticipant: ['org:admin:write', `id: ${id('Participant')}`, 'participant { id }'],
  updateRetentionPolicy: ['org:admin:write', 'days: 1', null],
  createApiKey: ['apikeys:write', 'name: "k", scopes: ["apikeys:write"]', null],
  rotateApiKey: ['apikeys:write', `id: ${id('ApiKey')}`, null],
  revokeApiKey: ['apikeys:write', `id: ${id('ApiKey')}`, null],
};
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
});

test('the table has every mutation', () => {
  expect(Object.keys(mutations).sort()).toEqual(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort());
});

test.each(Object.entries(mutations))('%s needs its scope', async (name, [scope, input]) => {
  const key = await parley.key(
    tenant.id,
    allScopes.filter((each) => each !== scope),
  );
  const told = await toldBy(parley, tenant, async () => {
    const { data, errors } = await parley.graphql(key, `mutation { ${name}(input: { ${input} }) { __typename } }`);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: [name], extensions: { code: 'FORBIDDEN', requiredScopes: [scope] } }]);
  });
  expect(told).toEqual([]);
});

test.each(Object.entries(mutations).filter(([, [, , shown]]) => shown !== null))(
  '%s is refused before anything is done where the key may not read what is selected',
  async (name, [scope, input, shown]) => {
    const key = await parley.key(tenant.id, [scope]);
    const told = await toldBy(parley, tenant, async () => {
      const { data, errors } = await parley.graphql(key, `mutation { ${name}(input: { ${input} }) { ${shown} } }`);
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ path: [name], extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }]);
    });
    expect(told).toEqual([]);
  },
);

test('the description of every mutation names its scope', () => {
  const fields = schema.getMutationType()?.getFields() ?? {};
  for (const [name, [scope]] of Object.entries(mutations)) expect(fields[name]?.description).toContain(`Scope: ${scope}`);
});

import { beforeEach, describe, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy, onlyConversation } from '../conversation/conversations.ts';

const parley = useApp();
const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
const create = 'mutation ($input: CreateAgentInput!) { createAgent(input: $input) { created agent { id name } } }';
const assign = 'mutation ($input: AssignAgentInput!) { assignAgent(input: $input) { conversation { id agent { id name } } } }';
let tenant: Tenant;

beforeEach(async () => {
  tenant = await parley.tenant();
});

const createAgent = async (externalId: string, name: string) =>
  (await ask(parley, tenant.key, create, { input: { externalId, name } })).createAgent;

describe('createAgent', () => {
  test('creates an agent once by its external id, which recorded messages use too', async () => {
    const first = await createAgent('bot', 'Bot');
    expect(first).toEqual({ created: true, agent: { id: expect.any(String), name: 'Bot' } });
    expect(await createAgent('bot', 'Another name')).toEqual({ created: false, agent: first.agent });
    await parley.importLines(tenant, [phoneLine({ direction: 'outbound', agent: { externalId: 'bot', name: 'Bot' } })]);
    expect(await ask(parley, tenant.key, '{ agents { nodes { id } } conversations { nodes { agent { id } } } }')).toEqual({
      agents: { nodes: [{ id: first.agent.id }] },
      conversations: { nodes: [{ agent: { id: first.agent.id } }] },
    });
  });

  test('several calls at once create one agent', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => createAgent('bot', 'Bot')));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(all.map(({ agent }) => agent.id)).size).toBe(1);
  });

  test.each([
    ['externalId', { externalId: '', name: 'Bot' }],
    ['externalId', { externalId: 'x'.repeat(201), name: 'Bot' }],
    ['externalId', { externalId: 'a\0', name: 'Bot' }],
    ['name', { externalId: 'bot', name: '  ' }],
    ['name', { externalId: 'bot', name: 'x'.repeat(201) }],
    ['name', { externalId: 'bot', name: '\ud83d' }],
    ['name', { externalId: 'bot', name: 'a\nb' }],
    ['externalId', { externalId: 'a\u009b2K', name: 'Bot' }],
  ])('refuses %s %j', async (field, input) => {
    const { errors } = await parley.graphql(tenant.key, create, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: `input.${field}` } }]);
    expect(await ask(parley, tenant.key, '{ agents { totalCount } }')).toEqual({ agents: { totalCount: 0 } });
  });
});

describe('assignAgent', () => {
  let conversationId: string;
  let agentId: string;

  beforeEach(async () => {
    await parley.importLines(tenant, [phoneLine({})]);
    conversationId = await onlyConversation(parley, tenant);
    agentId = (await createAgent('bot', 'Bot')).agent.id;
  });

  test('assigns an agent and removes the assignment; repeating either writes no further event', async () => {
    for (const [id, events] of [
      [agentId, ['CONVERSATION_UPDATED']],
      [agentId, []],
      [null, ['CONVERSATION_UPDATED']],
      [null, []],
    ] as const) {
      const told = await eventsWrittenBy(parley, tenant, async () => {
        const { assignAgent } = await ask(parley, tenant.key, assign, { input: { conversationId, agentId: id } });
        expect(assignAgent.conversation).toEqual({ id: conversationId, agent: id && { id, name: 'Bot' } });
      });
      expect(told).toEqual(events);
    }
  });

  test("an unknown id or another organization's is NOT_FOUND", async () => {
    const stranger = await parley.tenant();
    const { createAgent: foreign } = await ask(parley, stranger.key, create, { input: { externalId: 'a', name: 'A' } });
    const told = await eventsWrittenBy(parley, tenant, async () => {
      for (const [key, input, what] of [
        [tenant.key, { conversationId, agentId: foreign.agent.id }, 'agent'],
        [tenant.key, { conversationId, agentId: encodeId('Agent', uuid) }, 'agent'],
        [tenant.key, { conversationId: encodeId('Conversation', uuid), agentId }, 'conversation'],
        [stranger.key, { conversationId, agentId: foreign.agent.id }, 'conversation'],
      ] as const) {
        const { errors } = await parley.graphql(key, assign, { input });
        expect(errors).toMatchObject([{ message: `there is no such ${what}`, extensions: { code: 'NOT_FOUND' } }]);
      }
    });
    expect(told).toEqual([]);
  });

  test.each([
    ['agentId', {}],
    ['agentId', { agentId: 'x' }],
    ['agentId', { agentId: encodeId('Message', uuid) }],
    ['conversationId', { agentId: null, conversationId: 'x' }],
  ])('refuses a malformed %s: %j', async (field, more) => {
    const { errors } = await parley.graphql(tenant.key, assign, { input: { conversationId, ...more } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: `input.${field}` } }]);
  });
});

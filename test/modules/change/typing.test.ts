// Typing indicators of one conversation or of the whole organization.
import { beforeAll, expect, test } from 'vitest';
import { decodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask } from '../conversation/conversations.ts';
import { openStream } from './stream.ts';

const parley = useApp();
const all = `subscription ($id: ID) { typing(conversationId: $id) { at until isTyping conversationId conversation { id }
  participant { id participantKind name } agent { id name } } }`;
const send = 'mutation ($input: SendTypingIndicatorInput!) { sendTypingIndicator(input: $input) { sentAt until } }';
let tenant: Tenant;
let phone: string;
let chat: string;
let senders: Record<string, string>;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ agent: { externalId: 'bot', name: 'Bot' } }), chatLine({})]);
  const fields = 'id type agent { id } lastMessage { author { id } }';
  const { conversations } = await ask(parley, tenant.key, `{ conversations { nodes { ${fields} } } }`);
  const [ofPhone, ofChat] = ['PHONE', 'GROUP'].map((type) => conversations.nodes.find((each: { type: string }) => each.type === type));
  [phone, chat] = [ofPhone.id, ofChat.id];
  senders = { contact: ofPhone.lastMessage.author.id, person: ofChat.lastMessage.author.id, agent: ofPhone.agent.id };
});

const type = async (input: object) => (await ask(parley, tenant.key, send, { input })).sendTypingIndicator;

test('sends the indicators of the whole organization, with the sender, the conversation and the end', async () => {
  const stream = await openStream(parley.app, tenant.key, all);
  const steps = [
    [
      { conversationId: phone, participantId: senders.contact },
      { participant: { id: senders.contact, participantKind: 'CONTACT', name: '+15550000002' }, agent: null },
    ],
    [
      { conversationId: chat, participantId: senders.person },
      { participant: { id: senders.person, participantKind: 'PERSON', name: 'Ann Lee' }, agent: null },
    ],
    [
      { conversationId: phone, agentId: senders.agent },
      { participant: null, agent: { id: senders.agent, name: 'Bot' } },
    ],
    [{ conversationId: phone }, { participant: null, agent: null }],
    [
      { conversationId: phone, agentId: senders.agent, isTyping: false },
      { participant: null, agent: { id: senders.agent, name: 'Bot' } },
    ],
  ] as const;
  for (const [input, shown] of steps) {
    const { sentAt, until } = await type(input);
    const { conversationId } = input;
    const isTyping = !('isTyping' in input);
    expect(await stream.take()).toEqual({ at: sentAt, until, isTyping, conversationId, conversation: { id: conversationId }, ...shown });
  }
  await stream.close();
});

test('sends no indicators of another conversation or another organization', async () => {
  const stream = await openStream(parley.app, tenant.key, all, { id: chat });
  const other = await parley.tenant();
  const others = await openStream(parley.app, other.key, all);
  await type({ conversationId: phone });
  await type({ conversationId: chat, isTyping: false });
  expect(await stream.take()).toMatchObject({ conversationId: chat, isTyping: false, until: null });
  await parley.importLines(other, [phoneLine({})]);
  const { conversations } = await ask(parley, other.key, '{ conversations { nodes { id } } }');
  await ask(parley, other.key, send, { input: { conversationId: conversations.nodes[0].id } });
  expect(await others.take()).toMatchObject({ conversationId: conversations.nodes[0].id });
  await stream.close();
  await others.close();
});

test('gives an indicator of the previous release the same end, and skips malformed ones', async () => {
  const stream = await openStream(parley.app, tenant.key, all);
  const at = '2026-01-01T00:00:00.000Z';
  const notice = { organizationId: tenant.id, conversationId: decodeId(phone)?.uuid, at };
  for (const payload of [
    { ...notice, until: 'soon' },
    { ...notice, participantId: 'x' },
    { ...notice, agentId: 7 },
    { ...notice, at: null, until: 1e20 },
    notice,
  ]) {
    const text = "select pg_notify('parley_typing', $1)";
    await parley.app.database.query({ label: 'test_notify', text, values: [JSON.stringify(payload)] });
  }
  expect(await stream.take()).toMatchObject({
    at: '2026-01-01T00:00:00Z',
    until: '2026-01-01T00:00:10Z',
    isTyping: true,
    participant: null,
  });
  await stream.close();
});

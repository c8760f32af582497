import { expect, test } from 'vitest';
import { typingChannel } from '../../../src/modules/event/store/channels.ts';
import { decodeId, encodeId } from '../../../src/values/ids.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy, onlyConversation } from './conversations.ts';

const parley = useApp();
const document = 'mutation ($id: ID!) { sendTypingIndicator(input: { conversationId: $id }) { sentAt conversation { id unreadCount } } }';

async function someConversation() {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  return { tenant, id: await onlyConversation(parley, tenant) };
}

test('answers with the time of the indicator and writes no event', async () => {
  const { tenant, id } = await someConversation();
  const told = await eventsWrittenBy(parley, tenant, async () => {
    const { sendTypingIndicator } = await ask(parley, tenant.key, document, { id });
    expect(sendTypingIndicator.conversation).toEqual({ id, unreadCount: 1 });
    expect(Math.abs(Date.parse(sendTypingIndicator.sentAt) - Date.now())).toBeLessThan(60_000);
  });
  expect(told).toEqual([]);
});

test('runs one statement, and one more if the conversation is selected', async () => {
  const { tenant, id } = await someConversation();
  await ask(parley, tenant.key, '{ viewer { keyName: name } }');
  expect(await parley.statements(() => ask(parley, tenant.key, document, { id }))).toEqual(['typing_notify', 'conversations']);
});

test('listeners receive the ids, the time and the end, and nothing for an unknown conversation', async () => {
  const { tenant, id } = await someConversation();
  const stranger = await someConversation();
  const first = Promise.withResolvers<string>();
  const stop = await parley.app.database.listen([typingChannel], { begun: () => {}, heard: (_channel, payload) => first.resolve(payload) });
  try {
    const { errors } = await parley.graphql(stranger.tenant.key, document, { id });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    const { sendTypingIndicator } = await ask(parley, tenant.key, document, { id });
    const { at, until, ...ids } = JSON.parse(await first.promise);
    expect(ids).toEqual({ organizationId: tenant.id, conversationId: decodeId(id)?.uuid, participantId: null, agentId: null });
    expect(Date.parse(at)).toBe(Date.parse(sendTypingIndicator.sentAt));
    expect(Date.parse(until)).toBe(Date.parse(at) + 10_000);
  } finally {
    await stop();
  }
});

test('an indicator ends after ten seconds, or at once if typing stopped', async () => {
  const { tenant, id } = await someConversation();
  const send = async (isTyping: boolean | null) =>
    (
      await ask(
        parley,
        tenant.key,
        'mutation ($id: ID!, $isTyping: Boolean) { sendTypingIndicator(input: { conversationId: $id, isTyping: $isTyping }) { sentAt until } }',
        { id, isTyping },
      )
    ).sendTypingIndicator;
  for (const isTyping of [true, null]) {
    const { sentAt, until } = await send(isTyping);
    expect(Date.parse(until) - Date.parse(sentAt)).toBe(10_000);
  }
  expect((await send(false)).until).toBeNull();
});

const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';

test.each([
  [
    'both a participant and an agent',
    { participantId: encodeId('Participant', uuid), agentId: encodeId('Agent', uuid) },
    'BAD_USER_INPUT',
    'input.agentId',
  ],
  ['no participant’s id', { participantId: encodeId('Agent', uuid) }, 'BAD_USER_INPUT', 'input.participantId'],
  ['no agent’s id', { agentId: 'x' }, 'BAD_USER_INPUT', 'input.agentId'],
  ['an unknown participant', { participantId: encodeId('Participant', uuid) }, 'NOT_FOUND', undefined],
  ['an unknown agent', { agentId: encodeId('Agent', uuid) }, 'NOT_FOUND', undefined],
])('refuses %s', async (_name, who, code, field) => {
  const { tenant, id } = await someConversation();
  const query = 'mutation ($input: SendTypingIndicatorInput!) { sendTypingIndicator(input: $input) { sentAt } }';
  const { errors } = await parley.graphql(tenant.key, query, { input: { conversationId: id, ...who } });
  expect(errors).toMatchObject([{ extensions: { code, ...(field && { field }) } }]);
});

test('a participant of another organization is unknown', async () => {
  const [{ tenant, id }, other] = [await someConversation(), await someConversation()];
  const { contacts } = await ask(parley, other.tenant.key, '{ contacts { nodes { id } } }');
  const query = 'mutation ($id: ID!, $who: ID!) { sendTypingIndicator(input: { conversationId: $id, participantId: $who }) { sentAt } }';
  const { errors } = await parley.graphql(tenant.key, query, { id, who: contacts.nodes[0].id });
  expect(errors).toMatchObject([{ message: 'there is no such participant', extensions: { code: 'NOT_FOUND' } }]);
});

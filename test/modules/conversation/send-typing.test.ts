import { expect, test } from 'vitest';
import { decodeId } from '../../../src/ids.ts';
import { typingChannel } from '../../../src/modules/event/channels.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, onlyConversation, toldBy } from './conversations.ts';

const parley = useApp();
const document = 'mutation ($id: ID!) { sendTypingIndicator(input: { conversationId: $id }) { sentAt conversation { id unreadCount } } }';

async function someConversation() {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  return { tenant, id: await onlyConversation(parley, tenant) };
}

test('says when, and leaves no event', async () => {
  const { tenant, id } = await someConversation();
  const told = await toldBy(parley, tenant, async () => {
    const { sendTypingIndicator } = await ask(parley, tenant.key, document, { id });
    expect(sendTypingIndicator.conversation).toEqual({ id, unreadCount: 1 });
    expect(Math.abs(Date.parse(sendTypingIndicator.sentAt) - Date.now())).toBeLessThan(60_000);
  });
  expect(told).toEqual([]);
});

test('is one statement, and one more where the conversation is shown', async () => {
  const { tenant, id } = await someConversation();
  await ask(parley, tenant.key, '{ viewer { keyName: name } }');
  expect(await parley.statements(() => ask(parley, tenant.key, document, { id }))).toEqual(['typing_notify', 'conversations']);
});

test('whoever listens hears of it: ids and when; of an unknown conversation nothing', async () => {
  const { tenant, id } = await someConversation();
  const stranger = await someConversation();
  const first = Promise.withResolvers<string>();
  const stop = await parley.app.database.listen([typingChannel], { begun: () => {}, heard: (_channel, payload) => first.resolve(payload) });
  try {
    const { errors } = await parley.graphql(stranger.tenant.key, document, { id });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    const { sendTypingIndicator } = await ask(parley, tenant.key, document, { id });
    const { at, ...ids } = JSON.parse(await first.promise);
    expect(ids).toEqual({ organizationId: tenant.id, conversationId: decodeId(id)?.uuid });
    expect(Date.parse(at)).toBe(Date.parse(sendTypingIndicator.sentAt));
  } finally {
    await stop();
  }
});

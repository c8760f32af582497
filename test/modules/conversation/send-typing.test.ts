import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { decodeId } from '../../../src/ids.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, onlyConversation, toldBy } from './conversations.ts';

const parley = useApp();
const template = inject('template');
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

// The embedded database lets nobody listen from outside.
if ('url' in template) {
  test('whoever listens at the server hears of it: ids and when; of an unknown conversation nothing', async () => {
    const { tenant, id } = await someConversation();
    const stranger = await someConversation();
    const [database] = await parley.app.database.query<{ name: string }>({ label: 'test_name', text: 'select current_database() as name' });
    const url = new URL(template.url);
    url.pathname = database?.name ?? '';
    const listener = new pg.Client(url.href);
    await listener.connect();
    try {
      await listener.query('listen parley_typing');
      const heard: unknown[] = [];
      listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '')));
      await parley.graphql(stranger.tenant.key, document, { id });
      const { sendTypingIndicator } = await ask(parley, tenant.key, document, { id });
      // What was sent before comes before the answer to this.
      await listener.query('select 1');
      const [{ at, ...ids }] = heard as [{ at: string }];
      expect(heard).toHaveLength(1);
      expect(ids).toEqual({ organizationId: tenant.id, conversationId: decodeId(id)?.uuid });
      expect(Date.parse(at)).toBe(Date.parse(sendTypingIndicator.sentAt));
    } finally {
      await listener.end();
    }
  });
}

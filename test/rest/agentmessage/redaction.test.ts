import { expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentmessage = client(parley);

const text = 'the secret of the house';
const media = { mediaUrls: ['https://media.example/secret.png'] };

/** Returns the answers of both lists for a tenant's only conversation. */
async function seen(key: string) {
  const [conversation] = (await agentmessage.conversations(key)).data;
  const { data } = await agentmessage.messages(key, String(conversation?.id));
  return { conversation, messages: data };
}

const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();

test('removes content past the window everywhere, and keeps the conversation', async () => {
  const tenant = await parley.tenant(30);
  await parley.importLines(tenant, [
    phoneLine({ createdAt: days(40), body: text, ...media }),
    phoneLine({ createdAt: days(35), body: text }),
  ]);
  const { conversation, messages } = await seen(tenant.key);
  expect(JSON.stringify([conversation, messages])).not.toContain('secret');
  expect(messages).toHaveLength(2);
  expect(messages[0]).toMatchObject({ body: null, media_urls: [], redacted_at: expect.stringMatching(/Z$/) });
  expect(conversation).toMatchObject({
    message_count: 2,
    last_message_preview: '[redacted]',
    last_message_body_redacted_at: messages[1]?.redacted_at,
  });
});

test('a longer window restores nothing, a shorter one redacts more', async () => {
  const tenant = await parley.tenant(30);
  await parley.importLines(tenant, [phoneLine({ createdAt: days(40), body: 'old' }), phoneLine({ createdAt: days(20), body: 'newer' })]);
  const bodies = async () => (await seen(tenant.key)).messages.map(({ body }) => body);
  expect(await bodies()).toEqual([null, 'newer']);
  await updateRetention(parley.app.database, tenant.id, 90);
  expect(await bodies()).toEqual([null, 'newer']);
  await updateRetention(parley.app.database, tenant.id, 7);
  expect(await bodies()).toEqual([null, null]);
  await updateRetention(parley.app.database, tenant.id, null);
  expect(await bodies()).toEqual([null, null]);
});

test.each([
  ['redacted', { redactedAt: '2026-04-10T03:11:42Z' }, '2026-04-10T03:11:42Z'],
  ['deleted', { deletedAt: '2026-04-09T03:11:42.5Z', body: text, ...media }, '2026-04-09T03:11:42.500Z'],
  ['deleted, then redacted', { deletedAt: '2026-04-10T03:11:42Z', redactedAt: '2026-04-10T03:11:42.001Z' }, '2026-04-10T03:11:42Z'],
  ['redacted, then deleted', { deletedAt: '2026-04-10T03:11:42.001Z', redactedAt: '2026-04-10T03:11:42Z' }, '2026-04-10T03:11:42Z'],
])('%s: shows the earlier of both times', async (_name, given, removedAt) => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ createdAt: '2026-01-10T08:00:00Z', body: null, direction: 'outbound', ...given })]);
  const { conversation, messages } = await seen(tenant.key);
  expect(messages).toEqual([expect.objectContaining({ body: null, media_urls: [], redacted_at: removedAt, status: 'delivered' })]);
  expect(conversation).toMatchObject({ last_message_preview: '[redacted]', last_message_body_redacted_at: removedAt });
});

test('keeps the preview of the last message if an older one is redacted', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [
    phoneLine({ createdAt: '2026-01-10T08:00:00Z', body: null, redactedAt: '2026-04-10T03:11:42Z' }),
    phoneLine({ createdAt: '2026-01-11T08:00:00Z', body: 'still here' }),
  ]);
  expect((await seen(tenant.key)).conversation).toMatchObject({ last_message_preview: 'still here', last_message_body_redacted_at: null });
});

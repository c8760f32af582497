import { expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentphone = client(parley);

const text = 'the secret of the house';
const media = { mediaUrls: ['https://media.example/secret.png'] };
const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();

/** Returns everything that the contract shows of a tenant's only conversation. */
async function seen({ key }: Tenant) {
  const list = await agentphone.conversations(key);
  const [summary] = list.data;
  const id = String(summary?.id);
  const detail = await agentphone.update(key, id, {});
  return {
    list,
    summary,
    detail,
    messages: (await agentphone.messages(key, id)).data,
    ofNumber: (await agentphone.ofNumber(key, String(summary?.phoneNumberId))).data,
    ofAgent: await agentphone.ofAgent(key, String(summary?.agentId)),
  };
}

const agent = { externalId: 'ada', name: 'Ada' };

test('removes content past the window everywhere, and keeps the conversation', async () => {
  const tenant = await parley.tenant(30);
  await parley.importLines(tenant, [
    phoneLine({ externalId: 'old', createdAt: days(40), body: text, agent, ...media }),
    phoneLine({
      createdAt: days(35),
      body: text,
      replyTo: 'old',
      reactions: [{ type: 'love', direction: 'inbound', createdAt: days(34) }],
      ...media,
    }),
  ]);
  const { summary, messages, ofNumber, detail, ...rest } = await seen(tenant);
  expect(JSON.stringify([summary, messages, ofNumber, detail, rest])).not.toContain('secret');
  const redactedAt = expect.stringMatching(/Z$/);
  const redacted = { body: '', mediaUrl: null, mediaUrls: [], redactedAt };
  expect(messages).toEqual([
    expect.objectContaining({ ...redacted, replyTo: { messageId: messages[1]?.id, message: '', mediaUrls: [] } }),
    expect.objectContaining({ ...redacted, replyTo: null }),
  ]);
  // Reactions are not content.
  expect(messages[0]?.reactions).toMatchObject([{ reactionType: 'love' }]);
  expect(detail.messages).toEqual(messages);
  expect(ofNumber).toMatchObject([
    { body: '', redactedAt },
    { body: '', redactedAt },
  ]);
  expect(summary).toMatchObject({ messageCount: 2, lastMessagePreview: '[redacted]' });
  expect(rest.ofAgent.data[0]).toMatchObject({ lastMessagePreview: '[redacted]' });
});

test('quotes nothing of a redacted message in a reply', async () => {
  const tenant = await parley.tenant(30);
  await parley.importLines(tenant, [
    phoneLine({ externalId: 'old', createdAt: days(40), body: text, agent, ...media }),
    phoneLine({ createdAt: days(1), body: 'still here', replyTo: 'old' }),
  ]);
  const { messages, summary } = await seen(tenant);
  expect(messages[0]).toMatchObject({ body: 'still here', replyTo: { messageId: messages[1]?.id, message: '', mediaUrls: [] } });
  expect(messages[0]).not.toHaveProperty('redactedAt');
  expect(summary?.lastMessagePreview).toBe('still here');
});

test.each([
  ['redacted', { redactedAt: '2026-04-10T03:11:42Z' }, '2026-04-10T03:11:42Z'],
  ['deleted', { deletedAt: '2026-04-09T03:11:42.5Z', body: text, ...media }, '2026-04-09T03:11:42.500Z'],
  ['deleted, then redacted', { deletedAt: '2026-04-10T03:11:42Z', redactedAt: '2026-04-10T03:11:42.001Z' }, '2026-04-10T03:11:42Z'],
])('%s: blank, with the instant of the redaction', async (_name, given, redactedAt) => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ createdAt: '2026-01-10T08:00:00Z', body: null, agent, ...given })]);
  const { messages, ofNumber, summary } = await seen(tenant);
  expect(messages).toEqual([expect.objectContaining({ body: '', mediaUrl: null, mediaUrls: [], redactedAt })]);
  expect(ofNumber).toEqual([expect.objectContaining({ body: '', redactedAt })]);
  expect(summary?.lastMessagePreview).toBe('[redacted]');
});

test('does not mark media without text as redacted', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ body: null, agent, ...media })]);
  const { messages, summary } = await seen(tenant);
  expect(messages[0]).toMatchObject({ body: '', mediaUrl: media.mediaUrls[0] });
  expect(messages[0]).not.toHaveProperty('redactedAt');
  expect(summary?.lastMessagePreview).toBe('');
});

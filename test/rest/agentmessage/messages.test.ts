import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentmessage = client(parley);
let tenant: Tenant;
let id: string;

const statuses = ['queued', 'sending', 'sent', 'delivered', 'failed', 'undelivered'];
const channels = ['sms', 'mms', 'imessage', 'rcs', 'whatsapp'];
const bodies = [...statuses, ...channels, 'media', 'héllo 你好 👩‍🚀 \u202e'];

beforeAll(async () => {
  tenant = await parley.tenant();
  const at = (minute: number) => ({ createdAt: `2026-05-01T10:${String(minute).padStart(2, '0')}:00Z` });
  await parley.importLines(tenant, [
    ...statuses.map((status, index) => phoneLine({ ...at(index), body: status, direction: 'outbound', status })),
    ...channels.map((channel, index) => phoneLine({ ...at(10 + index), body: channel, channel })),
    phoneLine({ ...at(20), body: 'media', mediaUrls: ['https://media.example/a.png', 'https://media.example/b.png'], segmentCount: 3 }),
    phoneLine({ ...at(21), body: bodies.at(-1) }),
  ]);
  id = String((await agentmessage.conversations(tenant.key)).data[0]?.id);
});

test('lists messages in chronological order, with the stored text unchanged', async () => {
  const { data, meta } = await agentmessage.messages(tenant.key, id);
  expect(data.map(({ body }) => body)).toEqual(bodies);
  expect(meta).toEqual({ total: bodies.length, limit: 50, offset: 0, next_cursor: null });
});

test('order=desc reverses the list, order=asc is the default', async () => {
  const asked = async (order: string) => (await agentmessage.messages(tenant.key, id, { order })).data.map(({ body }) => body);
  expect(await asked('desc')).toEqual(bodies.toReversed());
  expect(await asked('asc')).toEqual(bodies);
});

test('shows status on outbound messages only, in lower case', async () => {
  const { data } = await agentmessage.messages(tenant.key, id);
  expect(data.filter(({ direction }) => direction === 'outbound').map(({ status }) => status)).toEqual(statuses);
  expect(data.filter((item) => item.direction === 'inbound').some((item) => 'status' in item)).toBe(false);
});

test('shows channels in lower case, media and segments unchanged', async () => {
  const { data } = await agentmessage.messages(tenant.key, id);
  expect(data.slice(6, 11).map(({ channel }) => channel)).toEqual(channels);
  expect(data[11]).toMatchObject({
    channel: 'mms',
    segment_count: 3,
    media_urls: ['https://media.example/a.png', 'https://media.example/b.png'],
  });
});

test('shows an empty body, not redacted, for a message with media and no text', async () => {
  const other = await parley.tenant();
  const mediaUrls = ['https://media.example/a.png'];
  await parley.importLines(other, [
    phoneLine({ body: null, mediaUrls }),
    phoneLine({ body: '', mediaUrls, createdAt: '2026-01-01T00:00:01Z' }),
    phoneLine({ body: null, createdAt: '2026-01-01T00:00:02Z' }),
  ]);
  const [conversation] = (await agentmessage.conversations(other.key)).data;
  expect(conversation).toMatchObject({ last_message_preview: '', last_message_body_redacted_at: null });
  const { data } = await agentmessage.messages(other.key, String(conversation?.id));
  expect(data.map((message) => [message.body, message.media_urls, message.redacted_at])).toEqual([
    ['', mediaUrls, null],
    ['', mediaUrls, null],
    ['', [], null],
  ]);
});

test('uses the UUID of the GraphQL message as the id', async () => {
  const [message] = (await agentmessage.messages(tenant.key, id)).data;
  const { data } = await parley.graphql(tenant.key, 'query ($id: ID!) { conversation(id: $id) { messages(first: 1) { nodes { id } } } }', {
    id,
  });
  const bytes = Buffer.from(data.conversation.messages.nodes[0].id, 'base64url');
  expect(bytes.subarray(1).toString('hex')).toBe(String(message?.id).replaceAll('-', ''));
});

test('returns the largest page', async () => {
  const { meta } = await agentmessage.messages(tenant.key, id, { limit: 200 });
  expect(meta).toMatchObject({ limit: 200, next_cursor: null });
});

test('runs one statement each for the conversation, its number and the page', async () => {
  const statements = await parley.statements(() => agentmessage.messages(tenant.key, id));
  expect(statements.sort()).toEqual(['conversations', 'messages']);
});

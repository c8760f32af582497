// The receiver of AgentPhone's webhooks, with bodies as the vendor's adapter for chats has them in its types.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { SealedSecrets } from '../../../src/auth/sealed-secrets.ts';
import { createReceiver } from '../../../src/modules/webhook-receiver/commands/create.ts';
import { signatureOf } from '../../../src/values/webhook-signature.ts';
import { type Tenant, useApp, webhookKey } from '../../support/harness.ts';
import { stored } from '../../support/stored.ts';

const parley = useApp();
const secrets = new SealedSecrets([webhookKey]);
const secret = 'whsec_of the vendor';
let tenant: Tenant;
let id: string;

beforeAll(async () => {
  ({ tenant, id } = await receiver());
});

async function receiver(given: string | null = secret) {
  const tenant = await parley.tenant();
  const { id } = await createReceiver(parley.app.database, secrets, tenant.id, { name: 'AgentPhone', secret: given });
  return { tenant, id };
}

const now = () => String(Math.floor(Date.now() / 1_000));

interface Sent {
  to?: string;
  webhookId?: string;
  timestamp?: string;
  signature?: string;
}

async function send(body: object | string, { to = id, webhookId = randomUUID(), timestamp = now(), signature }: Sent = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    'X-Webhook-ID': webhookId,
    'X-Webhook-Timestamp': timestamp,
    'X-Webhook-Signature': signature ?? signatureOf(secret, timestamp, Buffer.from(text)),
  };
  const response = await parley.fetch(`/agentphone/webhook/${to}`, null, { method: 'POST', headers, body: text });
  return { status: response.status, body: await response.json() };
}

function message(given: object = {}, event: object = {}) {
  return {
    event: 'agent.message',
    channel: 'imessage',
    timestamp: '2025-06-01T10:02:00Z',
    agentId: 'agent_test123',
    data: {
      messageId: `msg_${randomUUID()}`,
      conversationId: 'conv_def',
      numberId: 'num_xyz',
      from: '+15551234567',
      to: '+15559876543',
      contact: { id: 'contact_abc', name: 'Jane van der Doe', email: 'jane@example.com', phoneNumber: '+15551234567' },
      message: 'Hey from iMessage!',
      mediaUrl: null,
      mediaUrls: [],
      direction: 'inbound',
      receivedAt: '2025-06-01T10:02:00Z',
      ...given,
    },
    conversationState: { orderId: 'ORD-999' },
    recentHistory: [],
    ...event,
  };
}

function reaction(given: object = {}) {
  return {
    event: 'agent.reaction',
    channel: 'imessage',
    timestamp: '2025-06-01T10:04:00Z',
    agentId: 'agent_test123',
    data: {
      conversationId: 'conv_def',
      numberId: 'num_xyz',
      reactionType: 'love',
      fromNumber: '+15551234567',
      direction: 'inbound',
      messageId: 'msg_1',
      messageBody: 'Hey from iMessage!',
      messageMediaUrl: null,
      messageMediaUrls: [],
      createdAt: '2025-06-01T10:04:00Z',
      ...given,
    },
  };
}

const recorded = { status: 200, body: { status: 'recorded' } };
const refused = { status: 401, body: { detail: 'the signature is not valid' } };

/** The messages of a tenant, oldest first. */
async function messages({ key }: Tenant) {
  const query = `{ conversations { nodes { contactNumber phoneNumber { e164 } metadata agent { externalId name }
    messages { nodes { externalId body direction channel createdAt mediaUrls author { name firstName lastName } reactions { reactionType } } } } } }`;
  return (await parley.graphql(key, query)).data.conversations.nodes;
}

test('records a message with its contact, agent and metadata', async () => {
  const { tenant, id } = await receiver();
  const sent = message({ mediaUrl: 'https://media.example/1.png', mediaUrls: ['https://media.example/1.png'] });
  expect(await send(sent, { to: id })).toEqual(recorded);
  expect(await messages(tenant)).toEqual([
    {
      contactNumber: '+15551234567',
      phoneNumber: { e164: '+15559876543' },
      metadata: { orderId: 'ORD-999' },
      agent: { externalId: 'agent_test123', name: 'agent_test123' },
      messages: {
        nodes: [
          {
            externalId: sent.data.messageId,
            body: 'Hey from iMessage!',
            direction: 'INBOUND',
            channel: 'IMESSAGE',
            createdAt: '2025-06-01T10:02:00Z',
            mediaUrls: ['https://media.example/1.png'],
            author: { name: 'Jane van der Doe', firstName: 'Jane', lastName: 'van der Doe' },
            reactions: [],
          },
        ],
      },
    },
  ]);
});

test('records an outbound message, and keeps the name of an agent that is stored', async () => {
  const { tenant, id } = await receiver();
  const sent = message({ direction: 'outbound', from: '+15559876543', to: '+15551234567', contact: null });
  await parley.graphql(tenant.key, 'mutation { createAgent(input: { externalId: "agent_test123", name: "Ada" }) { agent { id } } }');
  expect(await send(sent, { to: id })).toEqual(recorded);
  expect(await messages(tenant)).toMatchObject([
    { contactNumber: '+15551234567', agent: { name: 'Ada' }, messages: { nodes: [{ direction: 'OUTBOUND', author: { name: 'Ada' } }] } },
  ]);
});

test('handles a webhook once, and a message once', async () => {
  const { tenant, id } = await receiver();
  const sent = message();
  const webhookId = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => send(sent, { to: id, webhookId })));
  expect(answers.map(({ body }) => body.status).sort()).toEqual(['duplicate', 'duplicate', 'recorded']);
  // Another id for the same message: a copy by the vendor's list may have stored it, too.
  expect(await send(sent, { to: id })).toEqual(recorded);
  const { webhook_receivers, received_webhooks, messages: rows } = await stored(parley.app.database, tenant.id);
  expect([webhook_receivers?.length, received_webhooks?.length, rows?.length]).toEqual([1, 2, 1]);
  // The secret is encrypted, and of a webhook only its id is stored.
  expect(JSON.stringify(webhook_receivers)).not.toContain(secret);
  expect(JSON.stringify(received_webhooks)).not.toContain('iMessage');
});

test('a webhook that arrives after a later one changes neither the agent nor the metadata', async () => {
  const { tenant, id } = await receiver();
  const later = message({ receivedAt: '2025-06-01T10:03:00Z' }, { agentId: 'agent_new', conversationState: { step: 2 } });
  const earlier = message({ receivedAt: '2025-06-01T10:02:00Z' }, { agentId: 'agent_old', conversationState: { step: 1 } });
  for (const sent of [later, earlier]) expect(await send(sent, { to: id })).toEqual(recorded);
  const [conversation] = await messages(tenant);
  expect(conversation).toMatchObject({ metadata: { step: 2 }, agent: { externalId: 'agent_new' } });
  expect(conversation.messages.nodes).toHaveLength(2);
});

test('incomplete bodies to unknown receivers do not hold up the others', async () => {
  const { id } = await receiver();
  const endings = new Set<() => void>();
  const answers = Array.from({ length: 17 }, () => {
    let end = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(4 * 1024 * 1024 - 1));
        end = () => controller.close();
        endings.add(end);
      },
      cancel: () => void endings.delete(end),
    });
    return parley.fetch(`/agentphone/webhook/${randomUUID()}`, null, { method: 'POST', body, duplex: 'half' } as RequestInit);
  });
  // The last one exceeds the limit of those without an organization.
  expect((await Promise.race(answers)).status).toBe(503);
  expect(await send(message(), { to: id })).toEqual(recorded);
  for (const end of endings) end();
  await Promise.all(answers);
});

test('does not note a webhook that it could not store', async () => {
  const { tenant, id } = await receiver();
  const webhookId = randomUUID();
  expect(await send(message({ from: 'no address!' }), { to: id, webhookId })).toMatchObject({ status: 422 });
  expect(await send(message(), { to: id, webhookId })).toEqual(recorded);
  expect((await messages(tenant))[0].messages.nodes).toHaveLength(1);
});

test('records the reaction of a contact, after its message', async () => {
  const { tenant, id } = await receiver();
  const sent = message();
  const reacted = reaction({ messageId: sent.data.messageId });
  const webhookId = randomUUID();
  // The sender repeats it.
  expect(await send(reacted, { to: id, webhookId })).toEqual({
    status: 404,
    body: { detail: 'the message of this reaction is not stored' },
  });
  await send(sent, { to: id });
  expect(await send(reacted, { to: id, webhookId })).toEqual(recorded);
  expect((await messages(tenant))[0].messages.nodes).toMatchObject([{ reactions: [{ reactionType: 'love' }] }]);
});

test.each([
  ['a call', { event: 'agent.call_ended', channel: 'voice', data: {} }],
  ['a turn of a call', { event: 'agent.message', channel: 'voice', data: { transcript: 'Hello' } }],
  ['an event of the future', { event: 'agent.promoted', data: {} }],
])('accepts and ignores %s', async (_name, event) => {
  expect(await send(event)).toEqual({ status: 200, body: { status: 'ignored' } });
});

describe('refuses with the same 401', () => {
  const body = message();
  const text = JSON.stringify(body);

  test('a wrong signature, in any form', async () => {
    const timestamp = now();
    const right = signatureOf(secret, timestamp, Buffer.from(text));
    const wrong = [
      '',
      'sha256=',
      right.slice(7),
      right.toUpperCase(),
      `${right}0`,
      `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`,
      signatureOf('another', timestamp, Buffer.from(text)),
      signatureOf(secret, timestamp, Buffer.from(`${text} `)),
      signatureOf(secret, `${timestamp}0`, Buffer.from(text)),
    ];
    for (const signature of wrong) expect(await send(body, { timestamp, signature })).toEqual(refused);
    expect(await send(text.replace('Hey', 'Hay'), { timestamp, signature: right })).toEqual(refused);
  });

  test.each([-301, 302])('a time %i seconds from now', async (seconds) => {
    expect(await send(body, { timestamp: String(Number(now()) + seconds) })).toEqual(refused);
  });

  test.each(['', 'x', '1e9', '-1', ' 1', '2025-06-01T10:02:00Z'])('the time %j', async (timestamp) => {
    expect(await send(body, { timestamp })).toEqual(refused);
  });

  test('a receiver that does not exist, that is malformed, or that has no secret yet', async () => {
    const unready = await receiver(null);
    for (const to of [randomUUID(), 'x', `${id}x`, id.toUpperCase(), unready.id]) expect(await send(body, { to })).toEqual(refused);
  });

  test('and stores nothing', async () => {
    expect(await messages(tenant)).toEqual([]);
  });
});

test('accepts a webhook that was sent up to five minutes ago', async () => {
  const { id } = await receiver();
  for (const seconds of [-295, 295]) {
    expect(await send(message(), { to: id, timestamp: String(Number(now()) + seconds) })).toEqual(recorded);
  }
});

test.each([
  ['no JSON', 'x'],
  ['no object', '[]'],
  ['no event', '{}'],
  ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1')],
  ['a message without an id', JSON.stringify(message({ messageId: undefined }))],
  ['a message of an unknown channel', JSON.stringify(message({}, { channel: 'pigeon' }))],
  ['a message with a wrong time', JSON.stringify(message({ receivedAt: 'yesterday' }))],
  ['a text with U+0000', JSON.stringify(message({ message: '\0' }))],
  ['an agent with U+0000', JSON.stringify(message({}, { agentId: '\0' }))],
  ['a number with U+0000', JSON.stringify(message({ from: '\0' }))],
  ['a contact with U+0000', JSON.stringify(message({ contact: { name: 'Jane', phoneNumber: '\0' } }))],
  ['a reaction of a number with U+0000', JSON.stringify(reaction({ fromNumber: '\0' }))],
  ['a reaction to an id with U+0000', JSON.stringify(reaction({ messageId: '\0' }))],
])('answers 422 to %s', async (_name, text) => {
  expect(await send(text)).toMatchObject({ status: 422, body: { detail: expect.not.stringContaining('iMessage') } });
});

test('answers 422 without X-Webhook-ID, 413 to a large body, and 405 to other methods', async () => {
  expect(await send(message(), { webhookId: '' })).toMatchObject({ status: 422 });
  expect(await send('x'.repeat(4 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
  const response = await parley.fetch(`/agentphone/webhook/${id}`, null);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

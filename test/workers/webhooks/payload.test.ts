// The bodies of webhooks, key for key as in the vendor's documents and the types of its adapter for chats.
import { describe, expect, test } from 'vitest';
import { type Received, startReceiver } from '../../support/receiver.ts';
import { arrived, until, useWebhooks } from './world.ts';

const { parley, record, run, deliveries } = useWebhooks();

const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[\\w-]{23}$`));
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
const receivedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const agent = { externalId: 'ada', name: 'Ada' };
const [ours, theirs] = ['+15550000001', '+15550000002'];

/** Returns a receiver, and a tenant whose endpoint leads to it. */
async function hooked(settings: object = {}) {
  const receiver = await startReceiver();
  const tenant = await parley.tenant();
  await run(tenant, 'setWebhookEndpoint', { url: receiver.url, ...settings }, 'created');
  const got = async (count: number): Promise<Received> => {
    await arrived(receiver, count);
    return receiver.received[count - 1] as Received;
  };
  return { receiver, tenant, got };
}

/** Checks that values are equal, and that keys have the same order at every depth. */
function expectExactly(actual: unknown, expected: object): void {
  expect(actual).toEqual(expected);
  const keys = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(keys);
    if (typeof value !== 'object' || value === null || 'asymmetricMatch' in value) return null;
    return Object.entries(value).map(([key, inner]) => [key, key === 'conversationState' ? null : keys(inner)]);
  };
  expect(keys(actual)).toEqual(keys(expected));
}

describe('agent.message', () => {
  test('has the documented keys, and the messages before it, oldest first', async () => {
    const { tenant, got } = await hooked();
    const now = Date.now();
    const at = (second: number) => new Date(now + second * 1_000).toISOString();
    await parley.importLines(
      tenant,
      ['Hello', 'How can I help?'].map((body, nth) => ({
        externalId: `${nth}`,
        createdAt: at(nth),
        direction: nth === 0 ? 'inbound' : 'outbound',
        body,
        phoneNumber: ours,
        contactNumber: theirs,
      })),
    );
    await got(1);
    const metadata = { customerName: 'Jane Doe', orderId: 'ORD-12345' };
    const mediaUrls = ['https://media.example/1.png', 'https://media.example/2.png'];
    await record(tenant, 'Hi, I need help with my order', { agent, metadata, mediaUrls, createdAt: at(2) });
    const { json } = await got(2);
    expectExactly(json, {
      event: 'agent.message',
      channel: 'mms',
      timestamp: time,
      agentId: id('agt'),
      data: {
        messageId: id('msg'),
        conversationId: id('conv'),
        numberId: id('num'),
        from: theirs,
        to: ours,
        contact: { id: id('con'), name: null, email: null, phoneNumber: theirs },
        message: 'Hi, I need help with my order',
        mediaUrl: mediaUrls[0],
        mediaUrls,
        direction: 'inbound',
        receivedAt,
      },
      conversationState: metadata,
      recentHistory: [
        { messageId: id('msg'), content: 'Hello', direction: 'inbound', channel: 'sms', at: receivedAt },
        { messageId: id('msg'), content: 'How can I help?', direction: 'outbound', channel: 'sms', at: receivedAt },
      ],
    });
    // The ids and times are those of the REST API.
    const answer = await parley.fetch(`/agentphone/v1/conversations/${json.data.conversationId}/messages?limit=1`, tenant.key);
    expect((await answer.json()).data[0]).toMatchObject({ id: json.data.messageId, receivedAt: json.data.receivedAt });
  });

  test('of a conversation without metadata, agent and earlier messages', async () => {
    const { tenant, got } = await hooked();
    await record(tenant, 'first');
    const { json } = await got(1);
    expect(json).toMatchObject({ agentId: null, conversationState: null, recentHistory: [], data: { mediaUrl: null, mediaUrls: [] } });
  });

  test('names the contact', async () => {
    const { tenant, got } = await hooked();
    await record(tenant, 'first');
    const { json } = await got(1);
    const { contact } = json.data;
    await run(
      tenant,
      'updateParticipant',
      { id: contact.id.slice('con_'.length), firstName: 'Jane', lastName: 'Doe' },
      'participant { id }',
    );
    await record(tenant, 'second');
    expect((await got(2)).json.data.contact).toEqual({ ...contact, name: 'Jane Doe' });
  });

  describe('recentHistory', () => {
    test.each([0, 1, 10, 50])('has the last %i messages before it', async (contextLimit) => {
      const { tenant, receiver } = await hooked({ contextLimit });
      const now = Date.now();
      const lines = Array.from({ length: 60 }, (_, nth) => ({
        externalId: `${nth}`,
        createdAt: new Date(now + nth).toISOString(),
        direction: nth === 55 ? 'inbound' : 'outbound',
        body: `message ${nth}`,
        phoneNumber: ours,
        contactNumber: theirs,
      }));
      // The messages after the 55th are already there when it is sent.
      await parley.importLines(tenant, lines);
      await arrived(receiver, 1);
      const [{ json } = { json: null }] = receiver.received;
      expect(json.data.message).toBe('message 55');
      const contents = json.recentHistory.map(({ content }: { content: string }) => content);
      expect(contents).toEqual(lines.slice(55 - contextLimit, 55).map(({ body }) => body));
    });

    test('is blank where content was removed', async () => {
      const { tenant, got } = await hooked();
      await record(tenant, 'canary', { externalId: 'gone' });
      await got(1);
      await record(tenant, '', { externalId: 'gone', body: null, redactedAt: new Date().toISOString() });
      await record(tenant, 'next');
      const { json, text } = await got(2);
      expect(json.recentHistory).toMatchObject([{ content: '' }]);
      expect(text).not.toContain('canary');
    });
  });

  test('runs one operation for each delivery', async () => {
    const { tenant, receiver } = await hooked({ contextLimit: 50 });
    for (let nth = 0; nth < 20; nth += 1) await record(tenant, `message ${nth}`, { agent });
    await arrived(receiver, 20);
    await until(async () => expect((await deliveries(tenant)).filter(({ deliveryStatus }) => deliveryStatus !== 'DELIVERED')).toEqual([]));
    const statements = await parley.statements(async () => {
      await record(tenant, 'last');
      await arrived(receiver, 21);
    });
    const read = ['conversations', 'messages', 'participants'];
    expect(statements.filter((label) => read.includes(label)).sort()).toEqual([...read].sort());
  });
});

test('agent.reaction has the keys of the vendor’s types', async () => {
  const { tenant, got } = await hooked();
  const now = new Date().toISOString();
  const ours = { externalId: 'ours', direction: 'outbound', createdAt: now, agent };
  await record(tenant, 'Hello from us', ours);
  await record(tenant, 'Hello from us', { ...ours, reactions: [{ type: 'love', direction: 'inbound', createdAt: now }] });
  const { json, headers } = await got(1);
  expect(headers['x-webhook-event']).toBe('agent.reaction');
  expectExactly(json, {
    event: 'agent.reaction',
    channel: 'sms',
    timestamp: time,
    agentId: id('agt'),
    data: {
      conversationId: id('conv'),
      numberId: id('num'),
      reactionType: 'love',
      fromNumber: theirs,
      direction: 'inbound',
      messageId: id('msg'),
      messageBody: 'Hello from us',
      messageMediaUrl: null,
      messageMediaUrls: [],
      createdAt: time,
    },
  });
});

test('a test has the same keys as a message, and ids of nothing', async () => {
  const { tenant, got } = await hooked();
  await record(tenant, 'real', { agent });
  const real = (await got(1)).json;
  await run(tenant, 'testWebhookEndpoint', { ofOrganization: true }, 'delivery { id }');
  const { json } = await got(2);
  expect(Object.keys(json)).toEqual(Object.keys(real));
  expect(Object.keys(json.data)).toEqual(Object.keys(real.data));
  expect(json).toMatchObject({
    event: 'agent.message',
    agentId: real.agentId,
    data: { messageId: 'msg_test', conversationId: 'conv_test' },
  });
});

// The samples of the vendor's documents: the same data gives the same items, and every shape has exactly the contract's keys, in the contract's order.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;
let id: string;

const line = (given: Record<string, unknown>) =>
  phoneLine({ phoneNumber: '+15551234567', contactNumber: '+15559876543', agent: { externalId: 'a', name: 'Ada' }, ...given });
const metadata = { customerName: 'Jane Doe', orderId: 'ORD-12345' };

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    line({ externalId: 'first', createdAt: '2025-01-15T11:30:00Z', body: 'Hi, I need help with my order', metadata }),
    line({
      createdAt: '2025-01-15T11:45:00Z',
      direction: 'outbound',
      body: 'Which one?',
      mediaUrls: ['https://media.example/1.png', 'https://media.example/2.png'],
      replyTo: 'first',
      reactions: [
        { type: 'love', fromNumber: '+15559876543', direction: 'inbound', createdAt: '2025-01-15T11:46:00Z' },
        { type: '👍', direction: 'outbound', createdAt: '2025-01-15T11:47:00.5Z' },
      ],
    }),
    ...Array.from({ length: 5 }, (_, minute) => line({ createdAt: `2025-01-15T11:5${minute}:00Z`, body: String(minute) })),
    line({ createdAt: '2025-01-15T12:00:00Z', body: 'Thanks for your help!' }),
  ]);
  id = await agentphone.latest(tenant);
});

const idWith = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[\\w-]{23}$`));
const parties = {
  id: idWith('conv'),
  agentId: idWith('agt'),
  phoneNumberId: idWith('num'),
  phoneNumber: '+15551234567',
  participant: '+15559876543',
};
const noGroup = { isGroup: false, groupId: null, groupName: null, groupIconUrl: null, participants: null };

test('lists conversations as in the sample', async () => {
  const page = await agentphone.conversations(tenant.key, { limit: 10, offset: 0 });
  expectExactly(page, {
    data: [
      {
        ...parties,
        ...noGroup,
        lastMessageAt: '2025-01-15T12:00:00Z',
        lastMessagePreview: 'Thanks for your help!',
        messageCount: 8,
        metadata,
        createdAt: '2025-01-15T11:30:00Z',
      },
    ],
    hasMore: false,
    total: 1,
  });
});

test('lists the conversations of an agent as in the sample', async () => {
  const [conversation] = (await agentphone.conversations(tenant.key)).data;
  const page = await agentphone.ofAgent(tenant.key, String(conversation?.agentId));
  expectExactly(page, {
    data: [
      {
        ...parties,
        lastMessageAt: '2025-01-15T12:00:00Z',
        lastMessagePreview: 'Thanks for your help!',
        messageCount: 8,
        createdAt: '2025-01-15T11:30:00Z',
      },
    ],
    hasMore: false,
    total: 1,
  });
});

const plain = { senderIdentifier: null, channel: 'sms', mediaUrl: null, mediaUrls: [] };
const last = {
  id: idWith('msg'),
  body: 'Thanks for your help!',
  fromNumber: '+15559876543',
  toNumber: '+15551234567',
  direction: 'inbound',
  ...plain,
  receivedAt: '2025-01-15T12:00:00.000000Z',
  reactions: [],
  replyTo: null,
};

test('gets a conversation as in the sample', async () => {
  expectExactly(await agentphone.conversation(tenant.key, id, { message_limit: 1 }), {
    ...parties,
    ...noGroup,
    lastMessageAt: '2025-01-15T12:00:00Z',
    messageCount: 8,
    metadata,
    createdAt: '2025-01-15T11:30:00Z',
    messages: [last],
  });
});

test('lists the messages of a conversation as in the sample', async () => {
  const { data, hasMore } = await agentphone.messages(tenant.key, id, { limit: 20 });
  expect([data.length, hasMore]).toEqual([8, false]);
  expectExactly(data[0], last);
  const first = { ...last, body: 'Hi, I need help with my order', receivedAt: '2025-01-15T11:30:00.000000Z' };
  expectExactly(data[7], first);
  expectExactly(data[6], {
    id: idWith('msg'),
    body: 'Which one?',
    fromNumber: '+15551234567',
    toNumber: '+15559876543',
    direction: 'outbound',
    senderIdentifier: null,
    channel: 'mms',
    mediaUrl: 'https://media.example/1.png',
    mediaUrls: ['https://media.example/1.png', 'https://media.example/2.png'],
    receivedAt: '2025-01-15T11:45:00.000000Z',
    reactions: [
      {
        id: expect.stringMatching(/^rct_\d+$/),
        reactionType: 'love',
        fromNumber: '+15559876543',
        direction: 'inbound',
        createdAt: '2025-01-15T11:46:00Z',
      },
      // The number that reacted is unknown, so it is that of the side.
      {
        id: expect.stringMatching(/^rct_\d+$/),
        reactionType: '👍',
        fromNumber: '+15551234567',
        direction: 'outbound',
        createdAt: '2025-01-15T11:47:00.500Z',
      },
    ],
    replyTo: { messageId: data[7]?.id, message: 'Hi, I need help with my order', mediaUrls: [] },
  });
});

test('lists the messages of a number as in the sample', async () => {
  const [conversation] = (await agentphone.conversations(tenant.key)).data;
  const { data, hasMore } = await agentphone.ofNumber(tenant.key, String(conversation?.phoneNumberId), { limit: 1 });
  expect([data.length, hasMore]).toEqual([1, true]);
  expectExactly(data[0], {
    id: idWith('msg'),
    from_: '+15559876543',
    from: '+15559876543',
    to: '+15551234567',
    body: 'Thanks for your help!',
    direction: 'inbound',
    channel: 'sms',
    receivedAt: '2025-01-15T12:00:00.000000Z',
  });
});

test('sends a typing indicator and sets a background as in the sample', async () => {
  expectExactly(await agentphone.type(tenant.key, id), { conversationId: id, channel: 'sms', status: 'typing indicator sent' });
  expectExactly(await agentphone.setBackground(tenant.key, id, 'https://example.com/wallpaper.jpg'), {
    conversationId: id,
    channel: 'sms',
    hasBackground: true,
    backgroundId: expect.any(String),
    backgroundVersion: 1,
    changed: true,
  });
});

/** Checks that values are equal, and that keys have the same order at every depth. */
function expectExactly(actual: unknown, expected: object): void {
  expect(actual).toEqual(expected);
  expect(keysOf(actual)).toEqual(keysOf(expected));
}

function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null || 'asymmetricMatch' in value) return null;
  // Metadata come back equal, in any order of keys.
  return Object.entries(value).map(([key, inner]) => [key, key === 'metadata' ? null : keysOf(inner)]);
}

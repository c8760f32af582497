// The documents' own example, completed with what its answers lack there.

const parties = {
  id: 'conv_BgGQobLD1HAAgAAAAAAAAAE',
  agentId: 'agt_AwGQobLD1HAAgAAAAAAAAAI',
  phoneNumberId: 'num_BAGQobLD1HAAgAAAAAAAAAM',
  phoneNumber: '+15551234567',
  participant: '+15559876543',
};
const noGroup = { isGroup: false, groupId: null, groupName: null, groupIconUrl: null, participants: null } as const;
const activity = { lastMessageAt: '2025-01-15T12:00:00Z', lastMessagePreview: 'Thanks for your help!', messageCount: 8 };
const metadata = { customerName: 'Jane Doe', orderId: 'ORD-12345' };
const createdAt = '2025-01-15T11:30:00Z';

const message = {
  id: 'msg_BwGQobLD1HAAgAAAAAAAAAQ',
  body: 'Hi, I need help with my order',
  fromNumber: '+15559876543',
  toNumber: '+15551234567',
  direction: 'inbound' as const,
  senderIdentifier: null,
  channel: 'sms' as const,
  mediaUrl: null,
  mediaUrls: [],
  receivedAt: '2025-01-15T11:30:00.000000Z',
  reactions: [],
  replyTo: null,
};
const { id, fromNumber, toNumber, body, direction, channel, receivedAt } = message;
const { lastMessageAt, messageCount } = activity;

export const conversationListExample = { data: [{ ...parties, ...noGroup, ...activity, metadata, createdAt }], hasMore: false, total: 1 };
export const agentConversationListExample = { data: [{ ...parties, ...activity, createdAt }], hasMore: false, total: 1 };
export const detailExample = { ...parties, ...noGroup, lastMessageAt, messageCount, metadata, createdAt, messages: [message] };
export const messageListExample = { data: [message], hasMore: true };
export const numberMessageListExample = {
  data: [{ id, from_: fromNumber, from: fromNumber, to: toNumber, body, direction, channel, receivedAt }],
  hasMore: true,
};
export const typingExample = { conversationId: parties.id, channel, status: 'typing indicator sent' as const };
export const backgroundExample = {
  conversationId: parties.id,
  channel,
  hasBackground: true,
  backgroundId: '01941a2f-9f68-7000-8000-000000000005',
  backgroundVersion: 1,
  changed: true,
};

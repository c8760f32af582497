import { describe, expect, test } from 'vitest';
import { useDemo } from './use-demo.ts';

const demo = useDemo();

const first = [
  'am_live_demo000000000000000000000000000',
  'sk_live_demo000000000000000000000000000',
  'zk_live_demo000000000000000000000000000',
  'am_live_demoreadonly0000000000000000000',
] as const;
const [key] = first;
const other = 'am_live_demoother000000000000000000000';

interface Message {
  id: string;
  createdAt: string;
  direction: string;
  kind: string;
  status: string | null;
  channel: string;
  body: string | null;
  redactedAt: string | null;
  deletedAt: string | null;
  editedAt: string | null;
  mediaUrls: string[];
  attachments: { name: string; mime: string; size: number; duration: number | null }[];
  author: { name: string; title: string | null; unit: { name: string } | null; department: { name: string } | null };
  replyTo: { id: string } | null;
  reactions: { type: string }[];
}
interface Conversation {
  id: string;
  type: string;
  title: string | null;
  contactNumber: string | null;
  phoneNumber: { e164: string } | null;
  agent: { name: string } | null;
  metadata: unknown;
  messageCount: number;
  lastMessageAt: string;
  lastMessagePreview: string | null;
  consent: { optedIn: boolean; optedInAt: string | null } | null;
  messages: { nodes: Message[] };
}

/** Returns all conversations that a key of the demo can read. */
async function read(secret: string): Promise<{ organization: string; conversations: Conversation[] }> {
  const { data, errors } = await demo.graphql(
    secret,
    `{ organization { name retentionDays } conversations(first: 40) { totalCount nodes {
      id type title contactNumber phoneNumber { e164 } agent { name } metadata messageCount lastMessageAt lastMessagePreview
      consent { optedIn optedInAt }
      messages(first: 60) { nodes {
        id createdAt direction kind status channel body redactedAt deletedAt editedAt mediaUrls
        attachments { name mime size duration } author { name title unit { name } department { name } } replyTo { id } reactions { type: reactionType }
      } }
    } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.organization.retentionDays).toBeNull();
  expect(data.conversations.totalCount).toBe(data.conversations.nodes.length);
  return { organization: data.organization.name, conversations: data.conversations.nodes };
}

const withContact = (conversations: Conversation[], number: string) =>
  conversations.find(({ contactNumber }) => contactNumber === number) as Conversation;

describe('the first organization', () => {
  test('has 20 to 50 conversations and a few hundred messages, the last of 2026-11-19', async () => {
    const { conversations } = await read(key);
    const messages = conversations.flatMap((conversation) => conversation.messages.nodes);
    expect(conversations.length).toBeGreaterThanOrEqual(20);
    expect(conversations.length).toBeLessThanOrEqual(50);
    expect(messages.length).toBeGreaterThanOrEqual(200);
    expect(conversations.map(({ messageCount }) => messageCount)).toEqual(conversations.map((each) => each.messages.nodes.length));
    expect(
      messages
        .map(({ createdAt }) => createdAt)
        .sort()
        .at(-1)
        ?.slice(0, 10),
    ).toBe('2026-11-19');
    // Only texts that a machine would send repeat.
    const texts = messages.map(({ body }) => body).filter((body) => body !== null);
    expect(new Set(texts).size).toBeGreaterThan(texts.length * 0.95);
  });

  test('has the appointment of the documentation', async () => {
    const conversation = withContact((await read(key)).conversations, '+15554443333');
    expect(conversation).toMatchObject({
      phoneNumber: { e164: '+15551112222' },
      messageCount: 14,
      lastMessageAt: '2026-04-28T12:00:01Z',
      lastMessagePreview: 'Cancel my appointment please',
      consent: { optedIn: true, optedInAt: '2026-04-01T09:00:00Z' },
    });
    const messages = conversation.messages.nodes;
    expect(messages.at(-1)).toMatchObject({ direction: 'INBOUND', body: 'Cancel my appointment please', channel: 'SMS', status: null });
    expect(messages.at(-2)).toMatchObject({
      direction: 'OUTBOUND',
      body: 'Confirmed for Tuesday at 10am.',
      createdAt: '2026-04-28T11:00:00Z',
      status: 'DELIVERED',
    });
    expect(messages[0]).toMatchObject({ body: null, createdAt: '2026-01-10T08:00:00Z', redactedAt: '2026-04-10T03:11:42Z' });
  });

  test('has the erased conversation of the documentation', async () => {
    const conversation = withContact((await read(key)).conversations, '+15558889999');
    expect(conversation).toMatchObject({
      phoneNumber: { e164: '+15551112222' },
      messageCount: 6,
      lastMessageAt: '2026-01-10T08:00:00Z',
      lastMessagePreview: null,
      consent: null,
    });
    expect(conversation.messages.nodes.at(-1)).toMatchObject({
      direction: 'OUTBOUND',
      body: null,
      redactedAt: '2026-04-10T03:11:42Z',
    });
  });

  test('has the order of the documentation', async () => {
    const conversation = withContact((await read(key)).conversations, '+15559876543');
    expect(conversation).toMatchObject({
      phoneNumber: { e164: '+15551234567' },
      agent: { name: 'Order desk' },
      messageCount: 8,
      lastMessageAt: '2025-01-15T12:00:00Z',
      lastMessagePreview: 'Thanks for your help!',
      metadata: { customerName: 'Jane Doe', orderId: 'ORD-12345' },
    });
    expect(conversation.messages.nodes[0]).toMatchObject({ body: 'Hi, I need help with my order', createdAt: '2025-01-15T11:30:00Z' });
  });

  test('has a workplace chat like that of the documentation, with 30 messages or more', async () => {
    const { conversations } = await read(key);
    const stores = conversations.find(({ title }) => title === 'Store leads & lab') as Conversation;
    expect(stores.type).toBe('GROUP');
    expect(stores.messageCount).toBeGreaterThanOrEqual(30);
    const messages = stores.messages.nodes;
    const john = messages.find(({ author }) => author.name === 'John Doe');
    expect(john?.author).toEqual({ name: 'John Doe', title: 'Manager', unit: { name: 'HQ' }, department: { name: 'Sales' } });
    const files = messages.flatMap(({ attachments }) => attachments);
    expect(files).toContainEqual({ name: 'document.pdf', mime: 'application/pdf', size: 102400, duration: null });
    expect(files.some(({ mime }) => mime.startsWith('image/'))).toBe(true);
    expect(files.some(({ mime, duration }) => mime === 'audio/mpeg' && duration === 12.5)).toBe(true);
    expect(messages.some(({ kind }) => kind === 'SERVICE')).toBe(true);
    expect(messages.some(({ editedAt }) => editedAt !== null)).toBe(true);
    expect(messages.filter(({ deletedAt }) => deletedAt !== null)).toMatchObject([{ body: null, attachments: [] }]);
    expect(conversations.some(({ type }) => type === 'DIRECT')).toBe(true);
  });

  test('has examples of every kind', async () => {
    const { conversations } = await read(key);
    const messages = conversations.flatMap((conversation) => conversation.messages.nodes);
    expect(conversations.filter(({ type, consent }) => type === 'PHONE' && consent === null).length).toBeGreaterThan(2);
    expect(conversations.filter(({ consent }) => consent?.optedIn === false)).toHaveLength(1);
    expect(messages.some(({ mediaUrls }) => mediaUrls.length > 0)).toBe(true);
    expect(messages.some(({ replyTo }) => replyTo !== null)).toBe(true);
    expect(messages.some(({ reactions }) => reactions.length > 0)).toBe(true);
    const statuses = new Set(messages.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['DELIVERED', 'FAILED', 'QUEUED', 'SENDING', 'SENT', 'UNDELIVERED', null].sort());
    expect(new Set(messages.map(({ channel }) => channel)).size).toBe(6);
    const text = messages.map(({ body }) => body ?? '').join('\n');
    expect(text).toMatch(/\p{Script=Han}{6}/u);
    expect(text).toMatch(/é/);
    expect(text).toMatch(/\p{Extended_Pictographic}/u);
  });
});

describe('over REST', () => {
  test('shows the documented conversations as documented, to every key of the first organization', async () => {
    const { conversations } = await read(key);
    for (const secret of first) {
      const { status, body } = await demo.get('/agentmessage/v1/conversations?limit=200', secret);
      expect(status).toBe(200);
      const phones = conversations.filter(({ type }) => type === 'PHONE');
      expect(body.meta).toEqual({ total: phones.length, limit: 200, offset: 0, next_cursor: null });
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual(phones.map(({ id }) => id));
      const shown = ['+15554443333', '+15558889999'].map((number) =>
        body.data.find((each: { contact_number: string }) => each.contact_number === number),
      );
      expect(shown).toMatchObject([
        {
          phone_number: '+15551112222',
          last_message_at: '2026-04-28T12:00:01Z',
          last_message_direction: 'inbound',
          last_message_preview: 'Cancel my appointment please',
          last_message_body_redacted_at: null,
          message_count: 14,
          consent: { opted_in: true, opted_in_at: '2026-04-01T09:00:00Z' },
        },
        {
          phone_number: '+15551112222',
          last_message_at: '2026-01-10T08:00:00Z',
          last_message_direction: 'outbound',
          last_message_preview: '[redacted]',
          last_message_body_redacted_at: '2026-04-10T03:11:42Z',
          message_count: 6,
          consent: null,
        },
      ]);
    }
  });

  test('does not show a conversation to the other organization', async () => {
    const { conversations } = await read(key);
    const { id } = withContact(conversations, '+15554443333');
    const path = `/agentmessage/v1/conversations/${id}/messages`;
    expect((await demo.get(path, key)).body.data.at(-1).body).toBe('Cancel my appointment please');
    expect((await demo.get(path, other)).status).toBe(404);
  });
});

describe('the keys', () => {
  test('four belong to the first organization and have the scopes that their names say', async () => {
    for (const secret of first) {
      const { data } = await demo.graphql(secret, '{ viewer { scopes organization { name } } conversations { totalCount } }');
      expect(data.viewer.organization.name).toBe('Larkspur Optical (demo)');
      expect(data.conversations.totalCount).toBeGreaterThanOrEqual(20);
      if (secret.includes('readonly')) expect(data.viewer.scopes).toEqual(['conversations:read']);
      else expect(data.viewer.scopes.length).toBeGreaterThan(1);
    }
  });

  test('the fifth reads only the second organization, though both have one contact', async () => {
    const [ours, theirs] = [await read(key), await read(other)];
    expect(theirs.organization).not.toBe(ours.organization);
    expect(theirs.conversations.length).toBeGreaterThanOrEqual(4);
    const numbers = (conversations: Conversation[]) => new Set(conversations.flatMap(({ contactNumber }) => contactNumber ?? []));
    expect([...numbers(ours.conversations)].filter((number) => numbers(theirs.conversations).has(number))).toEqual(['+15554443333']);
    const hers = withContact(ours.conversations, '+15554443333');
    const { data } = await demo.graphql(other, 'query ($id: ID!) { node(id: $id) { id } conversation(id: $id) { id } }', { id: hers.id });
    expect(data).toEqual({ node: null, conversation: null });
  });
});

test('a second start loads nothing', async () => {
  const before = await read(key);
  await demo.restart();
  expect(await read(key)).toEqual(before);
  expect((await read(other)).conversations.length).toBeGreaterThanOrEqual(4);
});

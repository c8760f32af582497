// The sample of the vendor's document: the same data gives the same items, key for key and in the same order.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const ziik = client(parley);
let tenant: Tenant;
let id: number;

const john = {
  externalId: 'john',
  firstName: 'John',
  lastName: 'Doe',
  title: 'Manager',
  department: 'Sales',
  unit: 'HQ',
  avatarUrl: 'https://media.example/john.png',
};

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    chatLine({ externalId: 'first', createdAt: '2026-03-01T10:00:00.999Z', body: 'Who has the document?' }),
    chatLine({
      createdAt: '2026-03-01T10:05:30Z',
      editedAt: '2026-03-01T10:06:00.500Z',
      body: 'Here it is',
      author: john,
      replyTo: 'first',
      attachments: [
        { name: 'note.mp3', mime: 'audio/mpeg', size: 2_048, url: 'https://media.example/note.mp3', duration: 12.5 },
        { name: 'document.pdf', mime: 'application/pdf', size: 102_400, url: 'https://media.example/document.pdf' },
      ],
      reactions: [
        {
          type: 'love',
          direction: 'inbound',
          createdAt: '2026-03-01T10:07:00Z',
          author: { externalId: 'ann', firstName: 'Ann', lastName: 'Lee' },
        },
      ],
    }),
  ]);
  id = await ziik.latest(tenant);
});

const integer = expect.toSatisfy(Number.isSafeInteger, 'a safe integer');

const author = {
  id: integer,
  first_name: 'John',
  last_name: 'Doe',
  name: 'John Doe',
  title: 'Manager',
  active: true,
  avatar: { url: 'https://media.example/john.png' },
  archived_at: null,
  participant_type: 'person',
  subtext: 'Manager - HQ (Sales)',
  department: { id: integer, name: 'Sales' },
  unit: { id: integer, name: 'HQ' },
};

const ann = {
  id: integer,
  first_name: 'Ann',
  last_name: 'Lee',
  name: 'Ann Lee',
  title: '',
  active: true,
  avatar: null,
  archived_at: null,
  participant_type: 'person',
  subtext: '',
  department: null,
  unit: null,
};

const first = {
  id: integer,
  type: 'normal',
  conversationId: integer,
  is_reply: false,
  parent: null,
  deleted: false,
  message: 'Who has the document?',
  date: 1_772_359_200,
  edited_at: null,
  reactions: [],
  author: ann,
  files: [],
  voice: null,
};

const second = {
  id: integer,
  type: 'normal',
  conversationId: integer,
  is_reply: true,
  parent: first,
  deleted: false,
  message: 'Here it is',
  date: 1_772_359_530,
  edited_at: 1_772_359_560,
  reactions: [{ id: integer, type: 'love', author: { id: integer, name: 'Ann Lee' }, created_at: 1_772_359_620 }],
  author,
  files: [
    {
      id: integer,
      name: 'document.pdf',
      mime: 'application/pdf',
      size: 102_400,
      type: 'file',
      extension: 'pdf',
      uploaded: true,
      processing: false,
      height: null,
      width: null,
      source: 'https://media.example/document.pdf',
      stream: null,
      versions: {},
      screenshot: null,
      date: 1_772_359_530,
      created_at: 1_772_359_530,
      updated_at: 1_772_359_530,
      created_formatted: '2026-03-01 10:05',
      updated_formatted: '2026-03-01 10:05',
    },
  ],
  voice: { id: integer, processing: false, extension: 'mp3', duration: 12.5, url: 'https://media.example/note.mp3' },
};

test('lists messages as in the sample', async () => {
  const page = await ziik.messages(tenant.key, id);
  const sample = { data: [second, first], meta: { next_cursor: null, prev_cursor: null } };
  expect(page).toEqual(sample);
  expect(keysOf(page)).toEqual(keysOf(sample));
  expect(page.data.map(({ conversationId }) => conversationId)).toEqual([id, id]);
  expect(page.data[0]?.parent?.id).toBe(page.data[1]?.id);
});

test('shows a conversation as in the sample, alone and in the list', async () => {
  const conversation = await ziik.conversation(tenant.key, id);
  const sample = {
    id,
    type: 'group',
    title: 'Everyone',
    created_at: 1_772_359_200,
    updated_at: 1_772_359_530,
    latest_message: second,
    mute_rule: null,
    unread_message_count: 2,
    participants: [ann, author],
    publish: { created_at: 1_772_359_200, updated_at: 1_772_359_530 },
    archived_at: null,
  };
  expect(conversation).toEqual(sample);
  expect(keysOf(conversation)).toEqual(keysOf(sample));

  const list = await ziik.conversations(tenant.key);
  const listSample = {
    data: [sample],
    links: {
      first: 'http://parley.test/conversations?page=1',
      last: 'http://parley.test/conversations?page=1',
      prev: null,
      next: null,
    },
    meta: { current_page: 1, from: 1, last_page: 1, path: 'http://parley.test/conversations', per_page: 25, to: 1, total: 1 },
  };
  expect(list).toEqual(listSample);
  expect(keysOf(list)).toEqual(keysOf(listSample));
});

/** Returns every key in its order, at every depth. */
function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null || 'asymmetricMatch' in value) return null;
  return Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]);
}

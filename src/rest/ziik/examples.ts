// The vendor's documents' own sample, with values where it has placeholders and the keys that it leaves out.
import type { z } from 'zod';
import type { conversation, conversationPage, messagePage } from './shapes.ts';

const date = 1_777_377_601;

const author = {
  id: 1,
  first_name: 'John',
  last_name: 'Doe',
  name: 'John Doe',
  title: 'Manager',
  active: true,
  avatar: { url: 'https://media.example/john.png' },
  archived_at: null,
  participant_type: 'person',
  subtext: 'Manager - HQ (Sales)',
  department: { id: 10, name: 'Sales' },
  unit: { id: 5, name: 'HQ' },
};

const message = {
  id: 1,
  type: 'normal',
  conversationId: 123,
  is_reply: false,
  parent: null,
  deleted: false,
  message: 'The quarterly numbers',
  date,
  edited_at: null,
  reactions: [{ id: 1, type: 'love', author: { id: 1, name: 'John Doe' }, created_at: date }],
  author,
  files: [
    {
      id: 1,
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
      date,
      created_at: date,
      updated_at: date,
      created_formatted: '2026-04-28 12:00',
      updated_formatted: '2026-04-28 12:00',
    },
  ],
  voice: { id: 2, processing: false, extension: 'mp3', duration: 12.5, url: 'https://media.example/voice.mp3' },
} satisfies z.input<typeof messagePage>['data'][number];

export const messagePageExample: z.input<typeof messagePage> = {
  data: [message],
  meta: { next_cursor: 'AwABndP15ehaGyw9Tl9niavN7wEjRWeJ.next', prev_cursor: null },
};

export const conversationExample: z.input<typeof conversation> = {
  id: 123,
  type: 'group',
  title: 'Sales',
  created_at: date,
  updated_at: date,
  latest_message: message,
  mute_rule: null,
  unread_message_count: 1,
  participants: [author],
  publish: { created_at: date, updated_at: date },
  archived_at: null,
};

export const conversationPageExample: z.input<typeof conversationPage> = {
  data: [conversationExample],
  links: {
    first: 'https://api.example.com/conversations?page=1',
    last: 'https://api.example.com/conversations?page=1',
    prev: null,
    next: null,
  },
  meta: { current_page: 1, from: 1, last_page: 1, path: 'https://api.example.com/conversations', per_page: 25, to: 1, total: 1 },
};

import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  const contacts = Array.from({ length: 12 }, (_, index) => `+1555000${String(1000 + index)}`);
  await parley.importLines(tenant, [
    ...contacts.flatMap((contactNumber, index) =>
      Array.from({ length: 1 + (index % 4) }, (_, nth) =>
        phoneLine({ contactNumber, externalId: `${contactNumber}-${nth}`, replyTo: nth > 0 ? `${contactNumber}-0` : undefined }),
      ),
    ),
    chatLine({
      reactions: [
        {
          type: 'love',
          direction: 'inbound',
          createdAt: '2026-01-01T00:00:01Z',
          author: { externalId: 'bo', firstName: 'Bo', lastName: 'Ek' },
        },
      ],
    }),
  ]);
  // Caches the look-up of the key.
  await parley.graphql(tenant.key, '{ viewer { name } }');
});

/** Operations with their statements: one for each selected connection or relation, however many parents; none for scalars and loaded rows. */
test.each([
  ['a connection', '{ conversations { nodes { id title messageCount } pageInfo { hasNextPage } } }', ['conversations']],
  ['its total too', '{ conversations { totalCount nodes { id } } }', ['conversations']],
  ['its filtered total too', '{ conversations(filter: {optedIn: true}) { totalCount } }', ['conversations']],
  [
    'a page further on',
    '{ conversations(first: 2, offset: 3) { totalCount nodes { id unreadCount background { id } } } }',
    ['conversations'],
  ],
  ['by name', '{ conversations(filter: {query: "ann", unread: true}) { totalCount nodes { id } } }', ['conversations']],
  ['agents', '{ agents { totalCount nodes { name } } }', ['agents']],
  ['contacts', '{ contacts(filter: {query: "555"}) { totalCount nodes { name contactNumber } } }', ['participants']],
  [
    'a connection in a connection',
    '{ conversations { nodes { messages(first: 2) { totalCount nodes { body from to conversation { id } } } } } }',
    ['conversations', 'messages'],
  ],
  [
    'relations of both levels',
    `{ conversations { nodes { phoneNumber { e164 } agent { name } consent { optedIn } lastMessage { body } lastMessagePreview participants { totalCount nodes { name } }
        messages(first: 3) { nodes { author { name } attachments { url } reactions { reactionType author { name } } replyTo { body } } } } } }`,
    [
      'attachments',
      'consents',
      'conversation_participants',
      'conversations',
      'messages',
      'messages',
      'messages',
      'participants',
      'participants',
      'reactions',
    ],
  ],
  [
    'one list asked for twice alike',
    '{ conversations(first: 2) { nodes { id } } again: conversations(first: 2) { nodes { id } } }',
    ['conversations'],
  ],
  [
    'lists whose filters come to the same',
    '{ conversations(filter: {types: [PHONE, PHONE]}) { nodes { id } } again: conversations(filter: {types: [PHONE]}) { nodes { id } } }',
    ['conversations'],
  ],
  [
    'lists with different filters',
    '{ conversations(filter: {unread: true}) { nodes { id } } read: conversations(filter: {unread: false}) { nodes { id } } }',
    ['conversations', 'conversations'],
  ],
  ['the viewer', '{ viewer { name organization { name } } organization { name } }', ['organizations']],
])('%s', async (_name, query, expected) => {
  const statements = await parley.statements(async () => {
    const { errors } = await parley.graphql(tenant.key, query);
    expect(errors).toBeUndefined();
  });
  expect(statements.sort()).toEqual(expected);
});

test('loads any number of nodes with one statement for each type', async () => {
  const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id lastMessage { id } } } }');
  const ids = data.conversations.nodes.flatMap((node: { id: string; lastMessage: { id: string } }) => [node.id, node.lastMessage.id]);
  const statements = await parley.statements(() => parley.graphql(tenant.key, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }));
  expect(statements.sort()).toEqual(['conversations', 'messages']);
});

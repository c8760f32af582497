import type { GraphQLInputObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../../src/graphql/built-schema.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask } from './conversations.ts';

const parley = useApp();
let tenant: Tenant;

const titles = ['Café Zürich', '100%_\\ sure', 'ЗАВТРА', '会议 é', '👩‍👩‍👧 family', 'Straße ﬁne', 'ＦＵＬＬ width'];

beforeAll(async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [chatLine({ conversation: { externalId: 'theirs', type: 'group', title: 'Café Zürich' } })]);
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    ...titles.map((title, index) =>
      chatLine({
        conversation: { externalId: `chat-${index}`, type: 'group', title },
        author: { externalId: 'ann', firstName: 'Ánn', lastName: `O'Lee` },
      }),
    ),
    chatLine({
      conversation: { externalId: 'untitled', type: 'direct' },
      author: { externalId: 'bo', firstName: 'Bø', lastName: 'Ek_100' },
      direction: 'outbound',
    }),
    phoneLine({ contactNumber: '+15557654321', agent: { externalId: 'agent', name: 'Desk Émile' }, direction: 'outbound' }),
    phoneLine({ contactNumber: '+15550000009' }),
  ]);
});

const found = async (filter: Record<string, unknown>, { key } = tenant): Promise<string[]> => {
  const { conversations } = await ask(
    parley,
    key,
    'query ($filter: ConversationFilter) { conversations(filter: $filter) { totalCount nodes { title contactNumber } } }',
    { filter },
  );
  expect(conversations.totalCount).toBe(conversations.nodes.length);
  return conversations.nodes.map(({ title, contactNumber }: Record<string, string | null>) => title ?? contactNumber ?? 'untitled').sort();
};

describe('query: a part of the title or of a participant’s name', () => {
  test.each([
    ['cafe zur', ['Café Zürich']],
    ['CAFÉ', ['Café Zürich']],
    ['Cafe\u0301', ['Café Zürich']],
    ['%', ['100%_\\ sure']],
    ['_', ['100%_\\ sure', 'untitled']],
    ['\\', ['100%_\\ sure']],
    ['100%_\\', ['100%_\\ sure']],
    ['1%0', []],
    ['завт', ['ЗАВТРА']],
    ['会议', ['会议 é']],
    ['👩‍👧', ['👩‍👩‍👧 family']],
    ['👨', []],
    ['fine', ['Straße ﬁne']],
    ['ﬁ', ['Straße ﬁne']],
    ['full', ['ＦＵＬＬ width']],
    ['％', ['100%_\\ sure']],
    ["ann o'lee", titles],
    ['bø ek', ['untitled']],
    ['7654', ['+15557654321']],
    ['desk em', ['+15557654321']],
    ["'; drop table conversations; --", []],
    ['', [...titles, 'untitled', '+15557654321', '+15550000009']],
  ])('%j', async (query, expected) => expect(await found({ query })).toEqual([...expected].sort()));

  test('together with other fields', async () => {
    expect(await found({ query: '+1555', types: ['PHONE'] })).toEqual(['+15550000009', '+15557654321']);
    expect(await found({ query: 'cafe', types: ['DIRECT'] })).toEqual([]);
  });

  test.each([
    ['U+0000', 'a\0'],
    ['half a surrogate', '\ud83d'],
    ['too long', 'x'.repeat(257)],
  ])('%s is refused', async (_name, query) => {
    const { errors } = await parley.graphql(
      tenant.key,
      'query ($query: String) { conversations(filter: { query: $query }) { nodes { id } } }',
      { query },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'filter.query' } }]);
  });

  test('256 characters are not too long', async () => expect(await found({ query: '😀'.repeat(256) })).toEqual([]));
});

test('unread: those with messages that nobody read', async () => {
  // It reads a conversation: the other tests share theirs.
  const own = await parley.tenant();
  await parley.importLines(own, [
    phoneLine({ contactNumber: '+15557654321', direction: 'outbound' }),
    phoneLine({ contactNumber: '+15550000009' }),
    chatLine({ conversation: { externalId: 'chat', type: 'group', title: 'Chat' } }),
  ]);
  expect(await found({ unread: false }, own)).toEqual(['+15557654321']);
  expect(await found({ unread: true }, own)).toEqual(['+15550000009', 'Chat']);
  const { conversations } = await ask(parley, own.key, '{ conversations(filter: { contactNumber: "+15550000009" }) { nodes { id } } }');
  await ask(parley, own.key, 'mutation ($id: ID!) { markConversationRead(input: { id: $id }) { __typename } }', {
    id: conversations.nodes[0].id,
  });
  expect(await found({ unread: true }, own)).toEqual(['Chat']);
  expect(await found({ unread: false, types: ['PHONE'] }, own)).toEqual(['+15550000009', '+15557654321']);
});

test('optedIn: by the answer that the contact gave to the number of that conversation', async () => {
  const own = await parley.tenant();
  const answered = (phoneNumber: string, optedIn: boolean) => phoneLine({ phoneNumber, consent: { optedIn, at: '2026-01-01T00:00:00Z' } });
  await parley.importLines(own, [
    answered('+15550000001', true),
    answered('+15550000003', false),
    phoneLine({ phoneNumber: '+15550000004' }),
  ]);
  const query = `query ($optedIn: Boolean) { conversations(filter: { optedIn: $optedIn }) {
    totalCount nodes { phoneNumber { e164 } contactNumber consent { optedIn } } } }`;
  for (const [optedIn, e164] of [
    [true, '+15550000001'],
    [false, '+15550000003'],
  ]) {
    const { conversations } = await ask(parley, own.key, query, { optedIn });
    const found = [{ phoneNumber: { e164 }, contactNumber: '+15550000002', consent: { optedIn } }];
    expect(conversations).toEqual({ totalCount: 1, nodes: found });
  }
});

describe('unassigned', () => {
  test('true: no agent answers; false: one does', async () => {
    expect(await found({ unassigned: false })).toEqual(['+15557654321']);
    expect(await found({ unassigned: true })).toEqual([...titles, 'untitled', '+15550000009'].sort());
  });

  test('together with other fields, and the agent itself', async () => {
    expect(await found({ unassigned: true, types: ['PHONE'] })).toEqual(['+15550000009']);
    const { agents } = await ask(parley, tenant.key, '{ agents { nodes { id } } }');
    expect(await found({ agentId: agents.nodes[0].id })).toEqual(['+15557654321']);
    expect(await found({ agentId: agents.nodes[0].id, unassigned: true })).toEqual([]);
  });
});

/** Every field of the filter of conversations, and a type that a variable of it may have. */
const fields: [string, string][] = [
  ['phoneNumberId', 'ID'],
  ['contactNumber', 'PhoneNumberString'],
  ['agentId', 'ID'],
  ['unassigned', 'Boolean'],
  ['since', 'DateTime'],
  ['optedIn', 'Boolean'],
  ['types', '[ConversationType!]'],
  ['archived', 'Boolean'],
  ['unread', 'Boolean'],
  ['metadata', 'MetadataFilter'],
  ['query', 'String'],
];

test('the table has every field of the filter', () => {
  const type = schema.getType('ConversationFilter') as GraphQLInputObjectType;
  expect(fields.map(([name]) => name).toSorted()).toEqual(Object.keys(type.getFields()).toSorted());
});

test.each(fields)('%s must not be null, in a document and in a variable; without the variable it is left out', async (name, type) => {
  const withVariable = `query ($value: ${type}) { conversations(filter: { ${name}: $value }) { totalCount } }`;
  const answers = [
    await parley.graphql(tenant.key, `{ conversations(filter: { ${name}: null }) { totalCount } }`),
    await parley.graphql(tenant.key, withVariable, { value: null }),
    await parley.graphql(tenant.key, 'query ($filter: ConversationFilter) { conversations(filter: $filter) { totalCount } }', {
      filter: { [name]: null },
    }),
  ];
  const reason = 'must not be null: leave it out instead';
  for (const { errors } of answers)
    expect(errors).toMatchObject([
      { message: `filter.${name}: ${reason}`, extensions: { code: 'BAD_USER_INPUT', field: `filter.${name}`, reason } },
    ]);
  const { conversations } = await ask(parley, tenant.key, withVariable);
  expect(conversations.totalCount).toBe(titles.length + 3);
});

test('types: a repeated one is asked for once, which its statement shows: the same as without', async () => {
  const types = ['GROUP', 'PHONE'];
  const statements = await parley.statements(async () => {
    const { once, often } = await ask(
      parley,
      tenant.key,
      `query ($types: [ConversationType!], $repeated: [ConversationType!]) {
        once: conversations(filter: { types: $types }) { totalCount }
        often: conversations(filter: { types: $repeated }) { totalCount } }`,
      { types, repeated: Array.from({ length: 1_000 }, () => types).flat() },
    );
    expect(often).toEqual(once);
    expect(once.totalCount).toBe(titles.length + 2);
  });
  expect(statements.filter((label) => label === 'conversations')).toHaveLength(1);
});

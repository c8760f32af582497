import type { GraphQLInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../../src/graphql/built-schema.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();

test('statuses: messages with one of these; an inbound message has none', async () => {
  const { id, key } = await parley.tenant();
  const outbound = { direction: 'outbound', body: 'needle' };
  await parley.importLines({ id }, [
    phoneLine({ body: 'needle' }),
    phoneLine({ ...outbound, status: 'failed', createdAt: '2026-01-01T00:00:01Z' }),
    phoneLine({ ...outbound, status: 'delivered', createdAt: '2026-01-01T00:00:02Z' }),
    phoneLine({ ...outbound, status: 'queued', createdAt: '2026-01-01T00:00:03Z' }),
  ]);
  const shown = '{ totalCount nodes { status } }';
  const document = `query ($statuses: [MessageStatus!]) {
    searchMessages(query: "needle", filter: { statuses: $statuses }, orderBy: { field: CREATED_AT, direction: ASC }) ${shown}
    phoneNumbers { nodes { messages(filter: { statuses: $statuses }, orderBy: { field: CREATED_AT, direction: ASC }) ${shown} } }
    conversations { nodes { messages(filter: { statuses: $statuses }) ${shown} } } }`;
  for (const [statuses, found] of [
    [['FAILED'], ['FAILED']],
    [
      ['QUEUED', 'FAILED', 'FAILED'],
      ['FAILED', 'QUEUED'],
    ],
    [['SENT'], []],
    [[], []],
    [undefined, [null, 'FAILED', 'DELIVERED', 'QUEUED']],
  ] as const) {
    const { data, errors } = await parley.graphql(key, document, { statuses });
    expect(errors).toBeUndefined();
    const expected = { totalCount: found.length, nodes: found.map((status) => ({ status })) };
    for (const list of [data.searchMessages, data.phoneNumbers.nodes[0].messages, data.conversations.nodes[0].messages])
      expect(list).toEqual(expected);
  }
});

/** Every field of the filter of messages, and a type that a variable of it may have. */
const fields: [string, string][] = [
  ['sentBefore', 'DateTime'],
  ['sentBeforeRank', 'Int'],
  ['sentAfter', 'DateTime'],
  ['sentAfterRank', 'Int'],
  ['direction', 'MessageDirection'],
  ['channels', '[Channel!]'],
  ['statuses', '[MessageStatus!]'],
  ['query', 'String'],
];

test('the table has every field of the filter', () => {
  const type = schema.getType('MessageFilter') as GraphQLInputObjectType;
  expect(fields.map(([name]) => name).toSorted()).toEqual(Object.keys(type.getFields()).toSorted());
});

test.each(fields)('%s must not be null, in a document, a variable and a payload', async (name, type) => {
  const { id, key } = await parley.tenant();
  await parley.importLines({ id }, [phoneLine({})]);
  const { data: before } = await parley.graphql(key, '{ conversations { nodes { id archivedAt } } }');
  const [conversation] = before.conversations.nodes;
  const inList = (value: string) => `messages(filter: { ${name}: ${value} }) { nodes { id } }`;
  const documents = [
    `{ conversations { nodes { ${inList('null')} } } }`,
    `query ($value: ${type}) { conversations { nodes { ${inList('$value')} } } }`,
    `query ($value: ${type}) { phoneNumbers { nodes { ${inList('$value')} } } }`,
    `query ($value: ${type}) { searchMessages(query: "x", filter: { ${name}: $value }) { nodes { id } } }`,
    `mutation ($value: ${type}, $id: ID!) { updateConversation(input: { id: $id, archived: true }) { conversation { ${inList('$value')} } } }`,
  ];
  const reason = 'must not be null: leave it out instead';
  for (const document of documents) {
    const { errors } = await parley.graphql(
      key,
      document,
      document.startsWith('{') ? {} : { value: null, ...(document.includes('$id') && { id: conversation.id }) },
    );
    expect(errors).toMatchObject([
      { message: `filter.${name}: ${reason}`, extensions: { code: 'BAD_USER_INPUT', field: `filter.${name}`, reason } },
    ]);
  }
  const { data: after } = await parley.graphql(key, '{ conversations { nodes { id archivedAt } } }');
  expect(after).toEqual(before);
});

test('channels: a repeated channel is one value of the statement', async () => {
  const { id, key } = await parley.tenant();
  await parley.importLines({ id }, [
    phoneLine({ body: 'needle' }),
    phoneLine({ body: 'needle', channel: 'rcs' }),
    phoneLine({ channel: 'whatsapp' }),
  ]);
  const channels = ['SMS', 'RCS'];
  const variables = { channels, repeated: Array.from({ length: 1_000 }, () => channels).flat() };
  const shown = '{ totalCount nodes { channel } }';
  const expected = { totalCount: 2, nodes: [{ channel: 'SMS' }, { channel: 'RCS' }] };
  const document = `query ($channels: [Channel!], $repeated: [Channel!]) { conversations { nodes {
    once: messages(filter: { channels: $channels }) ${shown}
    often: messages(filter: { channels: $repeated }) ${shown} } } }`;
  const statements = await parley.statements(async () => {
    const { data } = await parley.graphql(key, document, variables);
    expect(data.conversations.nodes).toEqual([{ once: expected, often: expected }]);
  });
  expect(statements.filter((label) => label === 'messages')).toHaveLength(1);
});

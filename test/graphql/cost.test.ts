import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../src/values/ids.ts';
import { openStream } from '../modules/change/stream.ts';
import { type GraphQLAnswer, type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
const id = encodeId('Conversation', uuid);
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});

interface CostedAnswer extends GraphQLAnswer {
  extensions?: { cost?: { price: number; limit: number } };
}

async function ask(query: string, variables: Record<string, unknown> = {}, operationName?: string): Promise<CostedAnswer> {
  const response = await parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return (await response.json()) as CostedAnswer;
}

const page = 'query ($first: Int, $more: Int) { conversations(first: $first) { nodes { messages(first: $more) { nodes { id } } } } }';
const either =
  'query ($yes: Boolean!) { conversations(first: 3) { nodes { lastMessage @include(if: $yes) { id } agent @skip(if: $yes) { id } } } }';
const shared =
  'fragment Last on Conversation { lastMessage { id } } fragment More on Conversation { ...Last lastMessage { body author { name } } }';

/** An operation, its variables, and its cost computed by hand. */
const table: [string, string, Record<string, unknown>, number][] = [
  ['one object', '{ viewer { name scopes } }', {}, 1],
  ['an object of an object', '{ viewer { organization { name } } }', {}, 1 + 1],
  ['a total', '{ conversations { totalCount } }', {}, 1],
  ['counted messages of 30 days', '{ messageStats { messageCount } }', {}, 1 + 30 * 100],
  [
    'counted messages of a week, by day and channel',
    'query ($since: Date) { messageStats(since: $since, until: "2026-03-07") { channels { channel } days { date channels { channel } } } }',
    { since: '2026-03-01' },
    1 + 7 * 100 + 6 + 366 * (1 + 6),
  ],
  ['counted messages of too many days', '{ messageStats(since: "0001-01-01", until: "9999-12-31") { messageCount } }', {}, 1 + 366 * 100],
  ['a page', '{ conversations(first: 10) { nodes { id } } }', {}, 1 + 10],
  ['a page from the end', '{ conversations(last: 7) { edges { cursor } } }', {}, 1 + 7],
  ['a page of no size', '{ conversations { nodes { id } } }', {}, 1 + 50],
  ['where a page stands', '{ conversations(first: 5) { pageInfo { hasNextPage } } }', {}, 1 + 5],
  [
    'items and where they stand',
    '{ conversations(first: 5) { edges { cursor node { id } } pageInfo { endCursor } totalCount } }',
    {},
    1 + 5,
  ],
  ['items twice', '{ conversations(first: 3) { edges { node { id } } nodes { id } } }', {}, 1 + 3 * 2],
  ['relations', '{ conversations(first: 2) { nodes { phoneNumber { e164 } lastMessage { author { name } } } } }', {}, 1 + 2 * (1 + 1 + 2)],
  ['pages of pages', page, { first: 50, more: 20 }, 1 + 50 * (1 + 1 + 20)],
  ['the same with other variables', page, { first: 5, more: 2 }, 1 + 5 * (1 + 1 + 2)],
  ['the same with a variable absent', page, { first: 5 }, 1 + 5 * (1 + 1 + 50)],
  ['the same with a variable null', page, { first: null, more: 2 }, 1 + 50 * (1 + 1 + 2)],
  ['a default of a variable', 'query ($n: Int = 4) { conversations(first: $n) { nodes { id } } }', {}, 1 + 4],
  ['a default that is overruled', 'query ($n: Int = 4) { conversations(first: $n) { nodes { id } } }', { n: 6 }, 1 + 6],
  ['both sizes, going on', '{ conversations(first: 2, last: 9, after: "x") { nodes { id } } }', {}, 1 + 2],
  ['both sizes, going back', '{ conversations(first: 2, last: 9, before: "x", after: null) { nodes { id } } }', {}, 1 + 9],
  ['one size null', '{ conversations(first: null, last: 9) { nodes { id } } }', {}, 1 + 9],
  ['aliases', '{ a: conversations(first: 1) { nodes { id } } b: conversations(first: 2) { nodes { id } } }', {}, 1 + 1 + 1 + 2],
  ['included', either, { yes: true }, 1 + 3 * 2],
  ['skipped', either, { yes: false }, 1 + 3 * 2],
  ['nothing left of an item', either.replace('agent @skip(if: $yes) { id }', ''), { yes: false }, 1 + 3],
  ['fragments that select the same', `{ conversations(first: 4) { nodes { ...Last ...More } } } ${shared}`, {}, 1 + 4 * (1 + 1 + 1)],
  [
    'a fragment on an interface',
    '{ conversations(first: 2) { nodes { ... on Node { id ... on Conversation { lastMessage { id } } } } } }',
    {},
    1 + 2 * 2,
  ],
  [
    'a node, whose dearest type counts',
    'query ($id: ID!) { node(id: $id) { ... on Conversation { messages(first: 3) { nodes { id } } } ... on Message { author { id } } } }',
    { id },
    1 + (1 + 3),
  ],
  [
    'nodes by their ids',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Message { author { id } } } }',
    { ids: [id, id, id] },
    3 * (1 + 1),
  ],
  ['one id where a list may be', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: id }, 1],
  ['ids one by one', 'query ($id: ID!) { nodes(ids: [$id, $id]) { id } }', { id }, 2],
  [
    'lists without pages',
    '{ searchMessages(query: "x", first: 2) { nodes { attachments { url } reactions { author { name } } more: reactions(first: 3) { reactionType } mediaUrls } } }',
    {},
    1_000 + 1 + 2 * (1 + 16 + 20 * 2 + 3),
  ],
  [
    'highlights, which search nothing more',
    '{ searchMessages(query: "x", first: 2) { nodes { highlights(query: "x") { offset length } } } }',
    {},
    1_000 + 1 + 2 * (1 + 20),
  ],
  ['a search', '{ searchMessages(query: "x", first: 200) { nodes { author { name } } } }', {}, 1_000 + 1 + 200 * 2],
  ['the total of a search', '{ searchMessages(query: "x") { totalCount } }', {}, 2_000 + 1],
  [
    'a search in the lists of many parents',
    '{ conversations(first: 200) { nodes { messages(first: 10, filter: { query: "x" }) { nodes { id } } } } }',
    {},
    1_000 + 1 + 200 * (1 + 1 + 10),
  ],
  [
    'a search in one list of each kind of node',
    'query ($id: ID!) { node(id: $id) { ... on Conversation { ...Found } } } fragment Found on Conversation { messages(first: 5, filter: { query: "x" }) { totalCount } }',
    { id },
    2_000 + 1 + 1,
  ],
  ['a search for conversations', '{ conversations(first: 5, filter: { query: "x" }) { nodes { id } } }', {}, 1_000 + 1 + 5],
  [
    'a filter by metadata',
    '{ conversations(first: 5, filter: { metadata: { key: "x", value: 1 } }) { totalCount nodes { id } } }',
    {},
    2_000 + 1 + 5,
  ],
  [
    'a search for what a variable says',
    'query ($query: String) { conversations(first: 1) { nodes { messages(first: 1, filter: { query: $query }) { nodes { id } } } } }',
    { query: 'x' },
    1_000 + 1 + (1 + 1 + 1),
  ],
  [
    'the same without the variable',
    'query ($query: String) { conversations(first: 1) { nodes { messages(first: 1, filter: { query: $query }) { nodes { id } } } } }',
    {},
    1 + (1 + 1 + 1),
  ],
  ['changes', '{ changes(first: 3) { nodes { currentMessage { id } currentConversation { id } } } }', {}, 1 + 3 * (1 + 1 + 1)],
  ['introspection', '{ __schema { types { name fields { name } } } __typename }', {}, 0],
  [
    'a mutation',
    'mutation ($id: ID!) { markConversationRead(input: {id: $id}) { conversation { lastMessage { id } } } }',
    { id },
    1 + 1 + 1,
  ],
  [
    'a mutation that answers for each item that it is given',
    'mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: {messages: $messages}) { results { message { id author { id } } } } }',
    { messages: [1, 2, 3].map((nth) => phoneLine({ externalId: `price-${nth}`, direction: 'INBOUND' })) },
    1 + 3 * (1 + 1 + 1),
  ],
  [
    'one item where a list may be',
    'mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: {messages: $messages}) { results { message { id author { id } } } } }',
    { messages: phoneLine({ externalId: 'price-one', direction: 'INBOUND' }) },
    1 + (1 + 1 + 1),
  ],
  [
    'the same, in an input that comes whole',
    'mutation ($input: RecordMessagesInput!) { recordMessages(input: $input) { results { message { id } } } }',
    { input: { messages: phoneLine({ externalId: 'price-whole', direction: 'INBOUND' }) } },
    1 + (1 + 1),
  ],
  [
    'a variable with a name to trip over',
    `mutation ($id: ID!, $n: Int, $__proto__: JSONObject = {n: 1}) {
      updateConversation(input: {id: $id, metadata: $__proto__}) { conversation { messages(first: $n) { nodes { id } } } } }`,
    { id },
    1 + 1 + (1 + 50),
  ],
];

test.each(table)('%s', async (_name, query, variables, price) => {
  const { extensions } = await ask(query, variables);
  expect(extensions).toEqual({ cost: { price, limit: 100_000 } });
});

test('computes the cost of the operation that runs if there are several', async () => {
  const query = 'query small { conversations(first: 1) { nodes { id } } } query large { conversations(first: 9) { nodes { id } } }';
  expect((await ask(query, {}, 'large')).extensions?.cost?.price).toBe(10);
  expect((await ask(query, {}, 'small')).extensions?.cost?.price).toBe(2);
});

describe('the limit', () => {
  const deep = (first: string) =>
    `conversations(first: 200) { nodes { messages(first: ${first}) { nodes { author { id } conversation { id } } } } }`;
  const rest =
    'b: conversations(first: 200) { nodes { id } } c: conversations(first: 200) { nodes { id } } d: conversations(first: $rest) { nodes { id } }';
  // 1 + 200 × (1 + 1 + 165 × 3) = 99,401, and 201 twice, and 1 + rest.
  const query = `query ($n: Int = 165, $rest: Int!) { ${deep('$n')} ${rest} }`;

  test('may be reached, not exceeded', async () => {
    expect(await ask(query, { rest: 196 })).toMatchObject({
      data: { d: { nodes: expect.any(Array) } },
      extensions: { cost: { price: 100_000 } },
    });
    const over = await ask(query, { rest: 197 });
    expect(over).toEqual({
      errors: [
        {
          message: 'the operation costs 100,001; at most 100,000 is allowed: request smaller pages or fewer searches',
          extensions: { code: 'QUERY_TOO_COMPLEX', price: 100_001, limit: 100_000, requestId: expect.any(String) },
        },
      ],
      extensions: { cost: { price: 100_001, limit: 100_000 } },
    });
  });

  test('applies to a document that ran before with other variables, and the reverse', async () => {
    const codes = [];
    for (const n of [1, 166, 165, 200, 2]) codes.push((await ask(query, { n, rest: 1 })).errors?.[0]?.extensions.code);
    expect(codes).toEqual([undefined, 'QUERY_TOO_COMPLEX', undefined, 'QUERY_TOO_COMPLEX', undefined]);
  });

  test('is exceeded by the most searches with totals that an operation may have', async () => {
    const aliases = Array.from(
      { length: 50 },
      (_, index) => `a${index}: searchMessages(query: "a", filter: {sentBefore: $before}) { totalCount }`,
    );
    const answer = await ask(`query ($before: DateTime) { ${aliases.join(' ')} }`, { before: '2026-01-01T00:00:00Z' });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', price: 50 * 2_001 } }]);
  });

  test('refuses before anything runs', async () => {
    const fetch = () => ask(query, { rest: 197 });
    await fetch();
    expect(await parley.statements(fetch)).toEqual([]);
  });

  test('is 400 for a client that accepts the media type of GraphQL over HTTP', async () => {
    const response = await parley.fetch('/graphql', tenant.key, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query, variables: { rest: 197 } }),
    });
    expect(response.status).toBe(400);
  });

  test('an invalid page size gets its own refusal', async () => {
    for (const first of [201, 2_000_000_000, 0, -5]) {
      const { errors } = await ask('query ($first: Int) { conversations(first: $first) { nodes { id } } }', { first });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'first' } }]);
    }
  });

  test('a variable that does not coerce gets its own refusal', async () => {
    const { errors } = await ask('query ($first: Int) { conversations(first: $first) { nodes { id } } }', { first: 'many' });
    expect(errors).toMatchObject([{ message: expect.stringContaining('$first'), extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('a subscription', () => {
  test('has its cost in each event', async () => {
    const stream = await openStream(parley.app, tenant.key, 'subscription { messageRecorded { message { author { name } } } }');
    await parley.importLines(tenant, [phoneLine({})]);
    const event = (await stream.next()) as CostedAnswer;
    await stream.close();
    expect(event.errors).toBeUndefined();
    expect(event.extensions).toEqual({ cost: { price: 1 + 1 + 1, limit: 100_000 } });
  });

  test('does not begin if its events are too expensive', async () => {
    const messages = (below: string) => `messages(first: 200) { nodes { id author { id } conversation { ${below} } } }`;
    const response = await parley.fetch('/graphql', tenant.key, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: `subscription { conversationChanged { conversation { ${messages(messages('id'))} } } }` }),
    });
    // 1 + 1 + 1 + 200 × (1 + 1 + 1 + 1 + 200 × 3)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX', price: 120_803 } }] });
  });
});

// The bytes of an answer are limited while it is built: a refused answer is not resolved to its end, and an allowed one is no larger than the limit.
import { beforeAll, describe, expect, test } from 'vitest';
import { openStream } from '../modules/change/stream.ts';
import { type GraphQLAnswer, type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const limit = 200_000;
const parley = useApp({ maxResponseBytes: limit });
let tenant: Tenant;
let id: string;

const refusal = {
  message: 'the answer has more than 200,000 bytes: request smaller pages or fewer fields',
  extensions: { code: 'QUERY_TOO_COMPLEX', limit, requestId: expect.any(String) },
};
const times = (count: number, write: (index: number) => string) => Array.from({ length: count }, (_, index) => write(index)).join(' ');

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    Array.from({ length: 50 }, (_, index) =>
      phoneLine({
        body: 'x'.repeat(1_000),
        mediaUrls: [`https://media.test/${'m'.repeat(1_000)}`],
        metadata: { kept: 'k'.repeat(10_000) },
        createdAt: new Date(Date.UTC(2026, 0, 1) + index).toISOString(),
      }),
    ),
  );
  await parley.importLines(tenant, [
    phoneLine({ contactNumber: '+15550000009', body: '"'.repeat(9_000), createdAt: '2025-01-01T00:00:00Z' }),
    phoneLine({ contactNumber: '+15550000008', body: '😀'.repeat(4_500), createdAt: '2025-01-01T00:00:01Z' }),
  ]);
  const { data } = await parley.graphql(tenant.key, '{ conversations(first: 1) { nodes { id } } }');
  id = data.conversations.nodes[0].id;
});

async function ask(query: string, variables: Record<string, unknown> = { id }) {
  const response = await parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { status: response.status, bytes: Buffer.byteLength(text), ...(JSON.parse(text) as GraphQLAnswer) };
}

const messages = (fields: string, first = 50) =>
  `query ($id: ID!) { conversation(id: $id) { messages(first: ${first}) { nodes { ${fields} } } } }`;
const ofContact = (last: number, count: number) =>
  `{ conversations(last: ${last}) { nodes { lastMessage { ${times(count, (index) => `a${index}: body`)} } } } }`;

/** The large part of an answer, an operation that repeats it, and how often it may be repeated. */
const table: [string, (count: number) => string, number][] = [
  ['text', (count) => messages(times(count, (index) => `a${index}: body`)), 3],
  ['lists of links', (count) => messages(times(count, (index) => `a${index}: mediaUrls`)), 3],
  ['JSON objects', (count) => `query ($id: ID!) { conversation(id: $id) { ${times(count, (index) => `a${index}: metadata`)} } }`, 19],
  ['characters that JSON escapes', (count) => ofContact(1, count), 11],
  ['characters of four bytes', (count) => ofContact(2, count), 5],
  ['long aliases of values', (count) => messages(times(count, (index) => `a${index}${'a'.repeat(1_000)}: id`)), 3],
  ['long aliases of objects', (count) => messages(times(count, (index) => `a${index}${'a'.repeat(1_000)}: author { id }`)), 3],
  ['long aliases of `__typename`', (count) => messages(times(count, (index) => `a${index}${'a'.repeat(1_000)}: __typename`)), 3],
];

test.each(table)('counts %s', async (_name, query, most) => {
  const fits = await ask(query(most));
  expect(fits.errors).toBeUndefined();
  expect(fits.bytes).toBeLessThan(limit * 1.01);
  for (const count of [most * 2, most * 4])
    expect(await ask(query(Math.min(count, 50)))).toMatchObject({ status: 200, data: null, errors: [refusal] });
});

test('counts errors', async () => {
  const { data } = await parley.graphql(tenant.key, messages('id'), { id });
  const ids = data.conversation.messages.nodes.map((node: { id: string }) => node.id);
  const query = (count: number) =>
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Message { ${times(count, (index) => `a${index}: conversation { messages(first: 0) { totalCount } }`)} } } }`;
  const fits = await ask(query(10), { ids });
  expect(fits.errors).toHaveLength(500);
  const long = (count: number) => query(count).replaceAll(/a(\d+):/g, `a$1${'a'.repeat(10_000)}:`);
  expect(await ask(long(2), { ids })).toMatchObject({ data: null, errors: [refusal] });
});

test('loads nothing after the limit', async () => {
  const query = (count: number) => messages(`${times(count, (index) => `a${index}: body`)} reactions { reactionType } attachments { url }`);
  await ask(query(1));
  const [whole, stopped] = [await parley.statements(() => ask(query(1))), await parley.statements(() => ask(query(10)))];
  expect(whole).toEqual(expect.arrayContaining(['reactions', 'attachments']));
  expect(stopped.length).toBeLessThan(whole.length);
  expect(stopped).not.toContain('attachments');
});

test('answers 400 to a client that accepts the media type of GraphQL over HTTP', async () => {
  const response = await parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: messages(times(10, (index) => `a${index}: body`)), variables: { id } }),
  });
  expect(response.status).toBe(400);
});

test('applies the limit to each event of a subscription', async () => {
  const large = 'message { conversation { messages(first: 50) { nodes { a: body b: body c: body d: body e: body f: body } } } }';
  const query = `query: messageRecorded { cursor message { id } ${large.replace('message', 'message @include(if: $large)')} }`;
  for (const [isLarge, expected] of [
    [true, { data: null, errors: [refusal] }],
    [false, { data: { query: { message: { id: expect.any(String) } } } }],
  ] as const) {
    const stream = await openStream(parley.app, tenant.key, `subscription ($large: Boolean = ${isLarge}) { ${query} }`);
    for (let nth = 0; nth < 3; nth++) {
      await parley.importLines(tenant, [phoneLine({ body: 'y' })]);
      expect(await stream.next()).toMatchObject(expected);
    }
    await stream.close();
  }
});

describe('a mutation whose payload is too large', () => {
  test('is done, and is answered UNAVAILABLE', async () => {
    const metadata = { is: 'written' };
    const payload = `conversation { messages(first: 50) { nodes { ${times(10, (index) => `a${index}: body`)} } } }`;
    const query = `mutation ($input: UpdateConversationInput!) { updateConversation(input: $input) { ${payload} } }`;
    const { status, data, errors } = await ask(query, { input: { id, metadata } });
    expect({ status, data, errors }).toEqual({
      status: 503,
      data: null,
      errors: [
        {
          message: `the change is done, but ${refusal.message}`,
          extensions: { code: 'UNAVAILABLE', retryAfter: 1, requestId: expect.any(String) },
        },
      ],
    });
    const read = await ask('query ($id: ID!) { conversation(id: $id) { metadata } }');
    expect(read.data.conversation.metadata).toEqual(metadata);
  });
});

import { getIntrospectionQuery } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { type GraphQLAnswer, type Tenant, useApp } from '../support/harness.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});

async function ask(body: unknown) {
  // CPU time of this process, which other processes do not change.
  const begun = process.cpuUsage();
  const response = await parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as GraphQLAnswer;
  const { user, system } = process.cpuUsage(begun);
  return { status: response.status, data, error: errors?.[0], cpuMs: (user + system) / 1_000 };
}

const times = (count: number, write: (index: number) => string) => Array.from({ length: count }, (_, index) => write(index)).join(' ');

const ofMessage =
  '__typename id number kind direction from to channel body mediaUrls segmentCount status createdAt editedAt deletedAt redactedAt isRedacted';
/** 1,000 fields, 50 aliases. */
const wide = times(50, (index) => `a${index}: searchMessages(query: "x", first: 1) { __typename nodes { ${ofMessage} } }`);
/** A document of so many levels; `id` is the last. */
const deep = (levels: number) => {
  const chain = Array.from({ length: levels - 3 }, (_, index) => (index % 2 === 0 ? 'lastMessage' : 'conversation'));
  return `{ conversations(first: 1) { nodes { ${chain.join(' { ')} { id ${'} '.repeat(levels - 3)} } } }`;
};
const padded = (length: number) => '{ viewer { name } } #'.padEnd(length, 'x');
const filtered = (types: number) => `{ conversations(filter: {types: [${times(types, () => 'PHONE')}]}) { totalCount } }`;
const chained = (fragments: number) =>
  `{ ...F1 } ${times(fragments - 1, (index) => `fragment F${index + 1} on Query { ...F${index + 2} }`)} fragment F${fragments} on Query { viewer { name } }`;

/** The limited quantity, a document at the limit, one above it, and its refusal. */
const table: [string, string, string, string, string][] = [
  ['characters', padded(65_536), padded(65_537), 'QUERY_TOO_COMPLEX', 'the document has more than 65,536 characters'],
  [
    'tokens',
    filtered(3_984),
    filtered(3_985),
    'GRAPHQL_PARSE_FAILED',
    'Syntax Error: Document contains more that 4000 tokens. Parsing aborted.',
  ],
  ['operations and fragments', chained(199), chained(200), 'QUERY_TOO_COMPLEX', 'the document has more than 200 operations and fragments'],
  ['levels', deep(20), deep(21), 'QUERY_TOO_COMPLEX', 'the operation has more than 20 levels of fields'],
  ['fields', `{ ${wide} }`, `{ ${wide} __typename }`, 'QUERY_TOO_COMPLEX', 'the operation has more than 1,000 fields'],
  [
    'aliases',
    `{ ${times(50, (index) => `a${index}: viewer { name }`)} }`,
    `{ ${times(51, (index) => `a${index}: viewer { name }`)} }`,
    'QUERY_TOO_COMPLEX',
    'the operation has more than 50 aliases',
  ],
  [
    'directives',
    `{ ${times(100, () => '... @include(if: true) { viewer { name } }')} }`,
    `{ ${times(101, () => '... @include(if: true) { viewer { name } }')} }`,
    'QUERY_TOO_COMPLEX',
    'the operation has more than 100 directives',
  ],
  [
    'fields to merge',
    `{ ${times(141, () => '__typename')} }`,
    `{ ${times(142, () => '__typename')} }`,
    'QUERY_TOO_COMPLEX',
    'the operation has more than 10,000 pairs of fields to merge',
  ],
];

test.each(table)('%s: accepts the limit and refuses one more', async (_name, fits, over, code, message) => {
  expect((await ask({ query: fits })).error).toBeUndefined();
  expect(await ask({ query: over })).toMatchObject({ status: 200, data: undefined, error: { message, extensions: { code } } });
  // The second request gets the same refusal, now from the cache.
  expect(await ask({ query: over })).toMatchObject({ error: { message, extensions: { code } } });
});

test('counts a fragment as often as it is spread', async () => {
  const fragment = `fragment All on Message { ${ofMessage} }`;
  const list = (index: number) => `a${index}: searchMessages(query: "x", first: 1) { nodes { ...All } edges { node { ...All } } }`;
  expect((await ask({ query: `{ ${times(26, list)} } ${fragment}` })).error).toBeUndefined();
  expect((await ask({ query: `{ ${times(27, list)} } ${fragment}` })).error?.message).toMatch(/1,000 fields/);
});

describe('documents made to be expensive are answered as fast as others', () => {
  const twice = (index: number) =>
    `fragment F${index} on Conversation { a: lastMessage { conversation { ...F${index + 1} } } b: lastMessage { conversation { ...F${index + 1} } } }`;
  const onType = 'fields { name type { name } args { name type { name } } } inputFields { name } enumValues { name }';

  test.each([
    [
      'fragments that double at every level',
      `{ conversations { nodes { ...F0 } } } ${times(60, twice)} fragment F60 on Conversation { id }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'fragments that spread each other',
      `{ ...F0 } ${times(150, (index) => `fragment F${index} on Query { ...F${(index + 1) % 150} ...F${(index + 7) % 150} }`)}`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a fragment that spreads itself', '{ ...F } fragment F on Query { viewer { name } ...F }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a fragment that spreads itself farther down',
      '{ conversations { nodes { ...F } } } fragment F on Conversation { lastMessage { conversation { ...F } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['one field over and over', `{ ${times(500, () => 'conversations { nodes { id } }')} }`, 'QUERY_TOO_COMPLEX'],
    // Few enough for the stack in any call of the parser; the next test has as many as fit.
    ['open brackets', '{a'.repeat(300), 'GRAPHQL_PARSE_FAILED'],
    ['one string of everything', `{ conversations(after: "${'\\u0041'.repeat(10_000)}") { totalCount } }`, 'BAD_USER_INPUT'],
    ['unknown fields', `{ ${times(900, (index) => `a${index}`)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'introspection of introspection',
      `{ __schema { types { ${'fields { type { '.repeat(6)}name${' } }'.repeat(6)} } } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['introspection of everything twice', '{ __schema { types { fields { name } again: fields { name } } } }', 'QUERY_TOO_COMPLEX'],
    ['aliased introspection in a fragment', '{ __schema { types { ...T } } } fragment T on __Type { again: name }', 'QUERY_TOO_COMPLEX'],
    [
      'introspection as tools ask for it',
      getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true }),
      undefined,
    ],
    [
      'introspection of one type many times',
      `{ ${times(48, (index) => `a${index}: __type(name: "Message") { fields { type { ${onType} } } }`)} }`,
      'QUERY_TOO_COMPLEX',
    ],
  ])('%s', async (_name, query, code) => {
    const { error, cpuMs } = await ask({ query });
    expect(error?.extensions.code).toBe(code);
    // Alone it takes some tens of milliseconds; without the limits, seconds to years.
    expect(cpuMs).toBeLessThan(2_500);
  });
});

test('refuses deeply nested brackets', async () => {
  for (const brackets of ['['.repeat(60_000), '{a: '.repeat(15_000)]) {
    const { error } = await ask({ query: `{ conversations(first: ${brackets}` });
    // The limit of tokens or the depth of the parser, whichever comes first.
    expect(['GRAPHQL_PARSE_FAILED', 'QUERY_TOO_COMPLEX']).toContain(error?.extensions.code);
  }
});

test('refuses a batch', async () => {
  for (const body of [[], [{ query: '{ viewer { name } }' }], [{ query: '{ viewer { name } }' }, { query: '{ viewer { name } }' }]]) {
    expect(await ask(body)).toMatchObject({
      status: 400,
      error: { message: expect.stringMatching(/^Batching is not supported/), extensions: { code: 'BAD_USER_INPUT' } },
    });
  }
});

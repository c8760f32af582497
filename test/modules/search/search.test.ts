import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { naivelyFits } from '../../support/naive-search.ts';

const parley = useApp();

const bodies = [
  'Hello World',
  'hello again, Élodie!',
  'ＦＵＬＬＷＩＤＴＨ text',
  '我的手机号码是多少',
  '手机 没电了',
  '机手',
  '买iPhone手机吗',
  'カタカナとひらがな',
  '안녕하세요 여러분',
  'Straße nach İstanbul',
  'naïve café 😀😀',
  "it's a quote'd \\ backslash : & | ! ( ) <-> *",
  '12 o’clock, room 2x',
  'aaa',
];
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    bodies.map((body, index) => phoneLine({ body, createdAt: `2026-01-01T00:00:${10 + index}Z` })),
  );
});

async function search({ key }: Tenant, query: string): Promise<string[]> {
  const { data, errors } = await parley.graphql(
    key,
    'query ($query: String!) { searchMessages(query: $query, first: 200) { totalCount nodes { body } } }',
    { query },
  );
  expect(errors).toBeUndefined();
  expect(data.searchMessages.totalCount).toBe(data.searchMessages.nodes.length);
  return data.searchMessages.nodes.map(({ body }: { body: string }) => body);
}

test.each([
  ['hello', ['hello again, Élodie!', 'Hello World']],
  ['HEL wor', ['Hello World']],
  ['ello', []],
  ['elodie', ['hello again, Élodie!']],
  ['fullwidth', ['ＦＵＬＬＷＩＤＴＨ text']],
  ['手机', ['买iPhone手机吗', '手机 没电了', '我的手机号码是多少']],
  ['机', ['买iPhone手机吗', '机手', '手机 没电了', '我的手机号码是多少']],
  ['手机号码', ['我的手机号码是多少']],
  ['手机没电', []],
  ['iphone', ['买iPhone手机吗']],
  ['カナと', ['カタカナとひらがな']],
  ['녕하', ['안녕하세요 여러분']],
  ['istanbul', ['Straße nach İstanbul']],
  ['cafe', ['naïve café 😀😀']],
  ['😀', []],
  ['', []],
  ["' & | ! :* <->", []],
  ['quote backslash', ["it's a quote'd \\ backslash : & | ! ( ) <-> *"]],
  ['2', ['12 o’clock, room 2x']],
])('%j finds %j', async (query, found) => {
  expect(await search(tenant, query)).toEqual(found);
});

test('answers any query without an error, with the messages that the simple rule finds', async () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'手机号aé\' :*&|!<>()\\"-😀カ한ＡＢ2'.split('')), maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (query) => {
      if (/\0|\p{Cs}/u.test(query)) return;
      expect((await search(tenant, query)).toSorted()).toEqual(bodies.filter((body) => naivelyFits(body, query)).toSorted());
    }),
    { numRuns: 300 },
  );
});

describe('a search has at most 256 characters', () => {
  test.each([
    ['words', 'hello '.repeat(43).slice(0, 256), ['hello again, Élodie!', 'Hello World']],
    ['one word', 'a'.repeat(256), []],
    ['one run', '手机'.repeat(128), []],
    ['characters of two code units', '😀'.repeat(251).concat('hello'), ['hello again, Élodie!', 'Hello World']],
    ['characters that fold to four', '㍿'.repeat(64), []],
    ['letters with combining marks', 'e\u0301'.repeat(128), []],
  ])('accepts 256: %s', async (_name, query, found) => expect(await search(tenant, query)).toEqual(found));

  test.each([
    ['words', 'hello '.repeat(43).slice(0, 257)],
    ['one run', '手'.repeat(257)],
    ['characters of two code units', '😀'.repeat(257)],
    ['characters that fold to four', '㍿'.repeat(65)],
    ['a text of 50,000 characters', 'a'.repeat(50_000)],
  ])('rejects more, naming the field: %s', async (_name, query) => {
    const documents = {
      query: 'query ($query: String!) { searchMessages(query: $query) { nodes { id } } }',
      'filter.query': 'query ($query: String) { conversations { nodes { messages(filter: { query: $query }) { nodes { id } } } } }',
    };
    for (const [field, document] of Object.entries(documents)) {
      const { errors } = await parley.graphql(tenant.key, document, { query });
      const reason = 'must have at most 256 characters';
      expect(errors).toMatchObject([{ message: `${field}: ${reason}`, extensions: { code: 'BAD_USER_INPUT', field, reason } }]);
    }
  });
});

test('searches within a conversation, with other filters and by pages', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [
    ...Array.from({ length: 5 }, (_, index) =>
      phoneLine({ body: `needle ${index}`, createdAt: `2026-01-01T00:00:0${index}Z`, direction: index % 2 ? 'outbound' : 'inbound' }),
    ),
    phoneLine({ body: 'needle elsewhere', contactNumber: '+15557770000' }),
    chatLine({ body: 'needle of service', kind: 'service' }),
  ]);
  const { data } = await parley.graphql(
    other.key,
    `{ conversations(filter: {contactNumber: "+15550000002"}) { nodes { messages(filter: {query: "needle", direction: INBOUND}, first: 2) { totalCount nodes { body } pageInfo { hasNextPage } } } } }`,
  );
  expect(data.conversations.nodes[0].messages).toEqual({
    totalCount: 3,
    nodes: [{ body: 'needle 0' }, { body: 'needle 2' }],
    pageInfo: { hasNextPage: true },
  });
  expect(await search(other, 'needle')).toHaveLength(6);
});

test.each([
  ['a short beginning', 'h'],
  ['several short beginnings', 'a h'],
  ['a short and a long beginning', 'h elodie'],
  ['a long beginning', 'world'],
  ['one character of a run', '机'],
  ['one character and a run', '我 手机'],
  ['a run and a word', '手机 iph'],
  ['a short beginning that no message has', 'zz'],
  ['no term', '!'],
])('finds the same in the organization, a number and a conversation: %s', async (_name, query) => {
  const expected = bodies.filter((body) => naivelyFits(body, query)).toSorted();
  const { data } = await parley.graphql(
    tenant.key,
    `query ($query: String!) {
      searchMessages(query: $query, first: 200) { totalCount nodes { body } }
      phoneNumbers { nodes { messages(filter: { query: $query }, first: 200) { totalCount nodes { body } } } }
      conversations { nodes { messages(filter: { query: $query }, first: 200) { totalCount nodes { body } } } } }`,
    { query },
  );
  for (const list of [data.searchMessages, data.phoneNumbers.nodes[0].messages, data.conversations.nodes[0].messages]) {
    expect(list.nodes.map(({ body }: { body: string }) => body).toSorted()).toEqual(expected);
    expect(list.totalCount).toBe(expected.length);
  }
});

test('finds no deleted, redacted or expired message, and an edited one by its new words only', async () => {
  const other = await parley.tenant();
  const edited = phoneLine({ body: 'before words' });
  await parley.importLines(other, [
    phoneLine({ body: 'secret deleted', deletedAt: '2026-01-02T00:00:00Z' }),
    phoneLine({ body: null, redactedAt: '2026-01-02T00:00:00Z' }),
    phoneLine({ body: 'secret old', createdAt: '2020-01-01T00:00:00Z' }),
    phoneLine({ body: 'secret later deleted', externalId: 'later' }),
    edited,
  ]);
  expect(await search(other, 'secret')).toHaveLength(2);
  await parley.importLines(other, [
    phoneLine({ body: 'secret later deleted', externalId: 'later', deletedAt: '2026-01-03T00:00:00Z' }),
    { ...edited, body: 'after words', editedAt: '2026-01-03T00:00:00Z' },
  ]);
  expect(await search(other, 'secret')).toEqual(['secret old']);
  expect(await search(other, 'before')).toEqual([]);
  expect(await search(other, 'after')).toEqual(['after words']);
  await updateRetention(parley.app.database, other.id, 365);
  expect(await search(other, 'secret')).toEqual([]);
  await updateRetention(parley.app.database, other.id, null);
  expect(await search(other, 'secret')).toEqual([]);
});

test.runIf(process.env.TEST_DATABASE_URL)('plans each search for its own terms, and prepares none', async () => {
  // A list without a search is prepared after 20 uses.
  for (let use = 0; use < 20; use++) {
    await parley.graphql(tenant.key, '{ conversations { nodes { messages(filter: { direction: INBOUND }) { nodes { id } } } } }');
    await search(tenant, 'hello');
  }
  await search(tenant, '手机');
  await parley.graphql(tenant.key, '{ conversations { nodes { messages(filter: { query: "a" }) { nodes { id } } } } }');
  // Requests in sequence use the same connection.
  const prepared = await parley.app.database.query<{ statement: string }>({
    label: 'test_prepared',
    text: "select statement from pg_prepared_statements where name like 'messages%'",
  });
  expect(prepared.length).toBeGreaterThan(0);
  expect(prepared.filter(({ statement }) => statement.includes('search_tokens @@'))).toEqual([]);
});

test('does not find messages of another organization', async () => {
  expect(await search(await parley.tenant(), 'hello')).toEqual([]);
});

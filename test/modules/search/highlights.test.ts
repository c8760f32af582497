import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { clusters, fold } from '../../../src/modules/search/fold.ts';
import { highlightsOf } from '../../../src/modules/search/highlights.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { folded, naivelyFits, words } from '../../support/naive-search.ts';

const parley = useApp();
const units = [...'手机号aéAbＡ12 -ㅋㄱㅏ가각ﬁ㍿İΣσςｶﾞกำ😀𝒜', 'e\u0301', '\u0301', '\ud869\uded6'];
const text = (maxLength: number) => fc.string({ unit: fc.constantFrom(...units), minLength: 1, maxLength });
let tenant: Tenant;

interface Found {
  body: string | null;
  highlights: { offset: number; length: number }[];
}

/** Returns every message of the tenant with its highlights, and those that a search finds. */
async function searched({ key }: Tenant, query: string): Promise<{ all: Found[]; found: Found[] }> {
  const nodes = 'nodes { body highlights(query: $query) { offset length } }';
  const { data, errors } = await parley.graphql(
    key,
    `query ($query: String!) { searchMessages(query: $query, first: 200) { ${nodes} } phoneNumbers(first: 1) { nodes { messages(first: 200) { ${nodes} } } } }`,
    { query },
  );
  expect(errors).toBeUndefined();
  return { all: data.phoneNumbers.nodes[0].messages.nodes, found: data.searchMessages.nodes };
}

const cut = ({ body, highlights }: Found) => highlights.map(({ offset, length }) => body?.slice(offset, offset + length));

const examples: [body: string, query: string, marked: string[]][] = [
  ['Hello World', 'wor HEL', ['Hel', 'Wor']],
  ['hello again, Élodie!', 'elodie', ['Élodie']],
  ['a Cafe\u0301\u0323 and a cafe', 'CAFÉ', ['Cafe\u0301\u0323', 'cafe']],
  ['ＦＵＬＬＷＩＤＴＨ text', 'full', ['ＦＵＬＬ']],
  ['我的手机号码是多少', '手机 机号', ['手机号']],
  ['手机手机', '手机', ['手机', '手机']],
  ['买iPhone手机吗', '手机 iph', ['iPh', '手机']],
  ['ㅋㅋㅋ 안녕하세요', 'ㅋㅋ 녕하', ['ㅋㅋㅋ', '녕하']],
  ['ｶﾞｯｺｳ', 'カッ', ['ｶﾞｯ']],
  ['Straße nach İstanbul', 'istan stra', ['Stra', 'İstan']],
  ['😀 𝒜lpha naïve', 'alp na', ['𝒜lp', 'na']],
  ['ﬁne, fine', 'f', ['ﬁ', 'f']],
  ['at the ㍿', '株 社', ['㍿']],
  ['mellow yellow', 'ello', []],
  ['aa aab', 'a aa', ['aa', 'aa']],
];

beforeAll(async () => {
  tenant = await parley.tenant();
  const bodies = [...examples.map(([body]) => body), ...fc.sample(text(25), { numRuns: 100, seed: 11 })];
  await parley.importLines(
    tenant,
    bodies.map((body) => phoneLine({ body })),
  );
});

test.each(examples)('in %j, the query %j highlights %j', async (body, query, marked) => {
  const { all } = await searched(tenant, query);
  expect(all.filter((each) => each.body === body).map(cut)).toContainEqual(marked);
});

test('a word that is repeated 128 times costs about as much as once', () => {
  const body = '각'.repeat(10_000);
  const cost = (query: string) => {
    highlightsOf(body, query);
    const begun = process.cpuUsage();
    for (let time = 0; time < 20; time++) highlightsOf(body, query);
    const { user, system } = process.cpuUsage(begun);
    return user + system;
  };
  // If repeated words were searched again, it would cost a hundred times as much.
  expect(cost('각 '.repeat(128))).toBeLessThan(20 * cost('각'));
});

test('a message has highlights exactly if the search finds it, and every highlight folds to a word of the query', async () => {
  // The form of a final sigma depends on the letters that follow.
  const plain = (each: string) => folded(each).replaceAll('ς', 'σ');
  await fc.assert(
    fc.asyncProperty(text(6), async (query) => {
      const { all, found } = await searched(tenant, query);
      const terms = words(query).map(plain);
      expect(all.filter(({ highlights }) => highlights.length > 0).map(({ body }) => body)).toEqual(
        all.filter(({ body }) => naivelyFits(body ?? '', query)).map(({ body }) => body),
      );
      expect(found.map(cut).toSorted()).toEqual(
        all
          .map(cut)
          .filter(({ length }) => length > 0)
          .toSorted(),
      );
      for (const { body, highlights } of found) {
        const parts = highlights.map(({ offset, length }) => plain((body ?? '').slice(offset, offset + length)));
        // One character may fold to several, as ﬁ does, and matches may overlap.
        for (const part of parts)
          expect(
            terms.some((word) => part.includes(word)),
            `${body} ${query}: ${part}`,
          ).toBe(true);
        for (const word of terms)
          expect(
            parts.some((part) => part.includes(word)),
            `${body} ${query}: ${word}`,
          ).toBe(true);
        for (const [index, { offset, length }] of highlights.entries()) {
          const next = highlights[index + 1]?.offset ?? (body ?? '').length;
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(next);
          // A highlight holds no half of a character, and no letter without its accent.
          expect((body ?? '').slice(offset, offset + length).isWellFormed()).toBe(true);
          expect((body ?? '').slice(offset + length)).not.toMatch(/^\p{M}/u);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('the parts of a text make up the text, and fold to as many code units', () => {
  const anything = fc.oneof(text(30), fc.string({ unit: 'binary', maxLength: 30 }));
  fc.assert(
    fc.property(anything, (body) => {
      const parts = [...clusters(body)];
      expect(parts.map(({ offset, length }) => body.slice(offset, offset + length)).join('')).toBe(body);
      expect(parts.reduce((sum, part) => sum + part.folded, 0)).toBe(fold(body).length);
    }),
    { numRuns: 2_000 },
  );
});

describe('there are no highlights', () => {
  const all = async ({ key }: Tenant, query: string | null) => {
    const { data } = await parley.graphql(
      key,
      'query ($query: String) { conversations { nodes { messages { nodes { body highlights(query: $query) { offset length } } } } } }',
      { query },
    );
    return data.conversations.nodes.flatMap(({ messages }: { messages: { nodes: Found[] } }) => messages.nodes) as Found[];
  };

  test('without a query, or if the query has no term', async () => {
    for (const query of [null, '', '!', '😀'])
      expect((await all(tenant, query)).every(({ highlights }) => highlights.length === 0)).toBe(true);
  });

  test('in a message that is deleted, redacted, expired, without a body, or a service message', async () => {
    const other = await parley.tenant();
    await parley.importLines(other, [
      phoneLine({ body: 'needle', deletedAt: '2026-01-02T00:00:00Z' }),
      phoneLine({ body: null, redactedAt: '2026-01-02T00:00:00Z' }),
      phoneLine({ body: 'needle', createdAt: '2020-01-01T00:00:00Z' }),
      phoneLine({ body: null, mediaUrls: ['https://files.test/needle'] }),
      chatLine({ body: 'needle', kind: 'service' }),
    ]);
    await updateRetention(parley.app.database, other.id, 1_000);
    const each = await all(other, 'needle');
    expect(each).toHaveLength(5);
    expect(each.flatMap(({ highlights }) => highlights)).toEqual([]);
  });
});

test('returns the first 20 highlights of a body', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ body: 'x '.repeat(30) }), phoneLine({ body: '手'.repeat(10_000) })]);
  for (const [query, size] of [
    ['x', 2],
    ['手', 1],
  ] as const) {
    const { found } = await searched(other, query);
    expect(found[0]?.highlights).toEqual(Array.from({ length: 20 }, (_, index) => ({ offset: index * size, length: 1 })));
  }
});

test('rejects more than 256 characters, in the payload of a mutation before it changes anything', async () => {
  const query = 'x'.repeat(257);
  const list =
    'query ($query: String!) { phoneNumbers(first: 1) { nodes { messages { nodes { highlights(query: $query) { offset } } } } } }';
  const change = `mutation ($query: String!, $id: ID!) { addReaction(input: { messageId: $id, type: "like", direction: OUTBOUND, createdAt: "2026-01-01T00:00:00Z" }) {
    message { highlights(query: $query) { offset } } } }`;
  const { data } = await parley.graphql(tenant.key, '{ phoneNumbers(first: 1) { nodes { messages(first: 1) { nodes { id } } } } }');
  const [{ id }] = data.phoneNumbers.nodes[0].messages.nodes;
  for (const document of [list, change]) {
    const { errors } = await parley.graphql(tenant.key, document, { query, id });
    const reason = 'must have at most 256 characters';
    expect(errors?.[0]).toMatchObject({ message: `query: ${reason}`, extensions: { code: 'BAD_USER_INPUT', field: 'query', reason } });
  }
  const { data: after } = await parley.graphql(
    tenant.key,
    'query ($id: ID!) { node(id: $id) { ... on Message { reactions { type: reactionType } } } }',
    {
      id,
    },
  );
  expect(after.node.reactions).toEqual([]);
});

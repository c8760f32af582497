import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine } from '../../support/lines.ts';
import { ask } from './conversations.ts';

const parley = useApp();
const stored: Record<string, Record<string, unknown> | null> = {
  text: { tier: 'gold', n: '1' },
  number: { n: 1, tier: 'silver', big: 2 ** 53 - 1 },
  decimal: { n: 1.5, yes: true },
  nothing: { tier: null, yes: false },
  object: { address: { city: 'Oslo', zip: '0150' }, n: [1] },
  list: { tags: ['a', 'b', { c: 1 }], n: { n: 1 } },
  odd: { '': 'empty', __proto: 1, ['__proto__']: 'own', 'it\'s "q" %_ 手机 😀': 'é' },
  none: null,
};
let tenant: Tenant;
const having = async (metadata: unknown, { key }: Tenant = tenant): Promise<string[]> => {
  const { conversations } = await ask(
    parley,
    key,
    'query ($filter: ConversationFilter) { conversations(filter: $filter) { totalCount nodes { title } } }',
    { filter: { metadata } },
  );
  expect(conversations.totalCount).toBe(conversations.nodes.length);
  return conversations.nodes.map(({ title }: { title: string }) => title).sort();
};

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    Object.entries(stored).map(([title, metadata]) =>
      chatLine({ conversation: { externalId: title, type: 'group', title }, ...(metadata && { metadata }) }),
    ),
  );
});

test.each<[string, unknown, string[]]>([
  ['tier', 'gold', ['text']],
  ['tier', 'Gold', []],
  ['tier', 'gol', []],
  ['tier', null, ['nothing']],
  ['n', 1, ['number']],
  ['n', '1', ['text']],
  ['n', 1.5, ['decimal']],
  ['n', true, []],
  ['big', 2 ** 53 - 1, ['number']],
  ['yes', true, ['decimal']],
  ['yes', false, ['nothing']],
  ['address', { city: 'Oslo' }, ['object']],
  ['address', { city: 'Oslo', zip: 150 }, []],
  ['address', {}, ['object']],
  ['city', 'Oslo', []],
  ['n', [1], ['object']],
  ['n', { n: 1 }, ['list']],
  ['tags', ['b'], ['list']],
  ['tags', ['b', 'a'], ['list']],
  ['tags', [{ c: 1 }], ['list']],
  ['tags', ['b', 'z'], []],
  ['tags', 'b', []],
  ['', 'empty', ['odd']],
  ['__proto__', 'own', ['odd']],
  ['it\'s "q" %_ 手机 😀', 'é', ['odd']],
  ['no such key', null, []],
])('%j: %j', async (key, value, titles) => expect(await having({ key, value })).toEqual(titles));

test('a value is a literal of the document, also one with variables in it', async () => {
  const { once, nested } = await ask(
    parley,
    tenant.key,
    `query ($city: JSON) {
      once: conversations(filter: { metadata: { key: "n", value: 1 } }) { nodes { title } }
      nested: conversations(filter: { metadata: { key: "address", value: { city: $city } } }) { nodes { title } } }`,
    { city: 'Oslo' },
  );
  expect([once, nested]).toEqual([{ nodes: [{ title: 'number' }] }, { nodes: [{ title: 'object' }] }]);
});

test('finds nothing of another organization', async () =>
  expect(await having({ key: 'tier', value: 'gold' }, await parley.tenant())).toEqual([]));

const deep = JSON.parse(`${'['.repeat(9)}${']'.repeat(9)}`);
test.each<[string, unknown, string]>([
  ['no value', { key: 'a' }, 'filter.metadata.value'],
  ['a long one', { key: 'a', value: 'x'.repeat(16_384) }, 'filter.metadata'],
  ['a deep one', { key: 'a', value: deep }, 'filter.metadata'],
  ['a number that was rounded', { key: 'a', value: 2 ** 53 }, 'filter.metadata'],
  ['U+0000', { key: 'a', value: '\0' }, 'filter.metadata'],
  ['a key with half a surrogate pair', { key: '\ud83d', value: 1 }, 'filter.metadata'],
  ['more than 10 values in all', { key: 'k', value: { list: [1, 2, 3, 4, 5, 6, 7, 8, 9] } }, 'filter.metadata.value'],
])('%s is refused', async (_name, metadata, field) => {
  const { errors } = await parley.graphql(
    tenant.key,
    'query ($metadata: MetadataFilter) { conversations(filter: { metadata: $metadata }) { totalCount nodes { id } } }',
    { metadata },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});

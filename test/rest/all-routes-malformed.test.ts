// Malformed requests, made from each contract's description of its parameters and bodies. Each is refused in the contract's shape, never with a 500. The
// harness compares every answer with that shape.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { type Case, cases, type Ids, initOf, pathOf, tenantWithIds } from './all-routes.ts';
import { expectMalformed, expectRefusal } from './documented-refusals.ts';

const parley = useApp();
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  ({ tenant, ids } = await tenantWithIds(parley));
});

type Parameter = Case['operation']['parameters'][number];

const noIntegers = [
  ...['', 'x', 'true', 'null', '[]', '1.5', '5.0', '1e2', '1e20', '1e999', '0x10', 'NaN', `-${'9'.repeat(20)}`],
  ...['%2B5', '%205', '+5', '5+', '5,', '5%00', '%D9%A3', '%EF%BC%95'],
];
const noInstants = [
  ...['x', 'NULL', 'yesterday', 'infinity', '[]', '1.5', '1e2', '%2B5', '0x10', 'NaN', '9'.repeat(20), '1777377600'],
  ...['2026', '2026-04-28', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z', '2026-04-28T24:00:00Z', '0000-01-01T00:00:00Z'],
  ...['9999-12-31T23:59:59-01:00', '275760-09-13T00:00:00Z'],
];

/** Returns malformed values for a parameter of this kind, as a URL has them. */
function badValues({ schema, description = '' }: Parameter): string[] {
  const { type, minimum, maximum, maxLength, format, pattern } = schema;
  const beyond = [
    ...(minimum === undefined ? [] : [-1, minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1, 2 * maximum + 1, '9'.repeat(20)]),
  ].map(String);
  const emptyIsAbsent = /\bempty\b.* counts as absent/i.test(description);
  if (type === 'integer') return [...noIntegers, ...new Set(beyond)].filter((value) => value !== '' || !emptyIsAbsent);
  if (type === 'boolean') return ['', '1', 'True', 'TRUE', 'yes', 'null'];
  if (schema.enum) return [...(emptyIsAbsent ? [] : ['']), 'x', schema.enum.join(), ...schema.enum.map((word) => word.toUpperCase())];
  if (format === 'date-time') return noInstants;
  if (maxLength !== undefined) return [...'x手'].map((character) => encodeURIComponent(character.repeat(maxLength + 1)));
  return format !== undefined || pattern !== undefined ? ['', 'x', '1', '%F0%9F%91%8D'] : [];
}

/** Returns a query for each value; an empty value also without `=`. */
const badSearches = (parameter: Parameter) =>
  badValues(parameter).flatMap((value) => [...(value === '' ? [parameter.name] : []), `${parameter.name}=${value}`]);

/** Returns queries that are malformed for any parameter: bytes that are not text, text that PostgreSQL cannot store, the same name twice. */
const badAnywhere = (name: string) => [
  ...['%00', 'a%00b', '%FF', '%E0%A4%A', '%', '%ED%A0%80'].map((value) => `${name}=${value}`),
  `${name}=1&${name}=1`,
];

const searches = cases.flatMap((each) =>
  each.operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter) =>
      [...badSearches(parameter), ...badAnywhere(parameter.name)].map((search) => ({
        each,
        parameter,
        search,
      })),
    ),
);

const badIds = [
  'x',
  '0',
  '-1',
  '1e3',
  'null',
  '%20',
  '%00',
  'a%00',
  '%FF',
  '%',
  '%E0%A4%A',
  '..%2F..',
  '%F0%9F%91%8D',
  '%D9%A3',
  '9'.repeat(30),
  'A'.repeat(4_000),
];
const paths = cases.filter(({ route }) => route.path.includes('{')).flatMap((each) => badIds.map((id) => ({ each, id })));

const bodies = cases.flatMap((each) =>
  Object.entries(each.operation.requestBody?.content['application/json'].schema.properties ?? {}).flatMap(([name, { type, anyOf = [] }]) =>
    badJson(type ?? anyOf.flatMap((one) => one.type ?? [])).map((text) => ({ each, name, text: bodyWith(each, name, text) })),
  ),
);

/** Returns a body with this value, and good values of the other keys that are required. */
function bodyWith({ operation: { requestBody } }: Case, key: string, text: string): string {
  const { schema, example } = requestBody?.content['application/json'] ?? { schema: {}, example: {} };
  const others = Object.entries(example).filter(([name]) => name !== key && schema.required?.includes(name));
  return `{${[...others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`), `${JSON.stringify(key)}:${text}`].join('')}}`;
}

/** Returns JSON of other types than these, and JSON of these types that cannot be stored. */
function badJson(types: string | readonly string[]): string[] {
  const samples: Record<string, string[]> = {
    null: ['null'],
    integer: ['1'],
    boolean: ['true'],
    array: ['[]', '[{}]'],
    object: ['{}'],
    string: ['"x"'],
  };
  const others = Object.entries(samples).flatMap(([type, texts]) => (types.includes(type) ? [] : texts));
  const unkept = ['\\u0000', '\\ud800'];
  return [
    ...others,
    ...unkept.map((text) => (types.includes('string') ? `"${text}"` : `{"a":["${text}"]}`)),
    ...(types.includes('object') ? [`{"${unkept[0]}":1}`] : []),
  ];
}

const noObjects = [
  '',
  ' ',
  '{',
  '{}x',
  '{}{}',
  '\ufeff\ufeff{}',
  '{"a":1,}',
  'null',
  '[]',
  '1',
  '"x"',
  '[{}]',
  "{'a':1}",
  '{"a":}',
  '\u0000',
  `${'['.repeat(5_000)}`,
  'NaN',
];

test.each(Object.keys(unique()))('makes enough malformed requests for %s', (name) => {
  expect(unique()[name]).toBeGreaterThan(150);
});

function unique(): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { each } of [...searches, ...paths, ...bodies]) counted[each.contract.name] = (counted[each.contract.name] ?? 0) + 1;
  return counted;
}

test.each(searches.map((given) => ({ ...given, title: given.each.title })))('$title ?$search', async ({ each, parameter, search }) => {
  const response = await parley.fetch(`${pathOf(each, ids)}?${search}`, tenant.key, initOf(each));
  await expectMalformed(each.contract.name, response, 'query', parameter.name);
});

test.each(paths.map((given) => ({ ...given, title: given.each.title, shown: given.id.slice(0, 40) })))(
  '$title: the id $shown',
  async ({ each, id }) => {
    const path = each.route.path.replace(/\{\w+\}/, id);
    const response = await parley.fetch(`/${each.contract.name}${path}`, tenant.key, initOf(each));
    // A contract that distinguishes malformed ids from unknown ones documents the status 400.
    await expectRefusal(each.contract.name, response, '400' in each.operation.responses ? 400 : 404);
  },
);

test.each(bodies.map((given) => ({ ...given, title: given.each.title })))('$title: $text', async ({ each, name, text }) => {
  await expectMalformed(each.contract.name, await send(each, text), 'body', name);
});

describe.each(cases.filter(({ route }) => route.body !== null))('$title', (each) => {
  test.each(noObjects)('refuses a body that is not an object: %j', async (text) => {
    await expectMalformed(each.contract.name, await send(each, text), 'body', '');
  });

  test('refuses another media type, bytes that are not text, and too many bytes', async () => {
    const { body } = initOf(each);
    await expectMalformed(each.contract.name, await send(each, body, 'text/plain'), 'body', '');
    await expectMalformed(each.contract.name, await send(each, new Uint8Array([0x7b, 0xff, 0x7d])), 'body', '');
    await expectRefusal(each.contract.name, await send(each, `{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`), 413);
  });
});

test('changes nothing with any of these requests', async () => {
  const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { metadata background { id } } } }');
  expect(data.conversations.nodes).toEqual([{ metadata: null, background: null }]);
});

function send({ contract, route }: Case, body: BodyInit | null | undefined, type = 'application/json') {
  return parley.fetch(pathOf({ contract, route }, ids), tenant.key, { method: route.method, body, headers: { 'content-type': type } });
}

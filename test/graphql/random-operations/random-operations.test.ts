// Generated operations: each is answered as graphql-js answers it, without a masked error, with no more rows than its price.
import { getNamedType, isInterfaceType, isObjectType, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../../src/graphql/built-schema.ts';
import { type GraphQLAnswer, useApp } from '../../support/harness.ts';
import { generateOperation, type Operation, unsteady } from './generate.ts';
import { Random } from './random.ts';
import { type PathedError, referenceFor } from './reference.ts';
import { type Samples, seed } from './samples.ts';

const parley = useApp();
let samples: Samples;
/** Most operations are sent with a key of all scopes. */
let allScopes: string;
let limited: string[];
let reference: ReturnType<typeof referenceFor>;

beforeAll(async () => {
  const tenant = await parley.tenant(90);
  samples = await seed(parley, tenant);
  allScopes = tenant.key;
  limited = [await parley.key(tenant.id, ['conversations:read']), await parley.key(tenant.id, ['conversations:write', 'messages:ingest'])];
  reference = referenceFor(parley.app);
});
afterAll(() => reference.close());

interface Answer extends GraphQLAnswer {
  extensions: { cost: { price: number } };
}

async function ask(key: string, operation: Operation): Promise<Answer> {
  const response = await parley.fetch('/graphql', key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  });
  return (await response.json()) as Answer;
}

const tally = { answered: 0, withData: 0, codes: new Set<string>(), fields: new Set<string>() };

async function check(number: number): Promise<void> {
  const random = new Random(number);
  const operation = generateOperation(schema, random, samples);
  const key = random.chance(0.85) ? allScopes : random.pick(limited);
  const document = parse(operation.query);
  expect(validate(schema, document)).toEqual([]);
  const info = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(info, { Field: ({ name }) => void tally.fields.add(`${info.getParentType()}.${name.value}`) }));

  const { data, errors = [], extensions } = await ask(key, operation);
  // Other tests cover refusals before execution.
  if (errors[0]?.extensions.code === 'QUERY_TOO_COMPLEX') return;
  const expected = await reference.answer(key, operation);
  const shown = errors.map(({ path = [], message, extensions: { code } }) => ({ path, code, message }));
  expect({ data, errors: placed(shown, data) }).toEqual({ data: expected.data, errors: placed(expected.errors, expected.data) });
  expect(shown.map(({ code }) => code)).not.toContain('INTERNAL');
  expect(extensions.cost.price).toBeGreaterThanOrEqual(expected.rows);
  tally.answered += 1;
  if (data !== null) tally.withData += 1;
  for (const { code } of shown) tally.codes.add(code);
}

/** Groups errors by the null that they caused: of several that cause the same null, GraphQL reports only the first to finish. */
function placed(errors: readonly PathedError[], data: unknown): string[] {
  const places = errors.map(({ path, code, message }) => {
    let value = data;
    const place = path.filter((name) => {
      const there = value !== null;
      value = (value as Record<string | number, unknown> | null)?.[name] ?? null;
      return there;
    });
    return `${place.join('.')} ${code}: ${message}`;
  });
  return places.sort();
}

const batch = 50;
const batches = 12;
const checked = new Map<number, Promise<void>>();

/** Checks an operation once for all tests. */
function checkOnce(number: number): Promise<void> {
  const outcome =
    checked.get(number) ??
    check(number).catch((error: Error) => {
      const { query, variables } = generateOperation(schema, new Random(number), samples);
      throw new Error(`operation ${number}: ${error.message}\n${query}\n${JSON.stringify(variables)}`, { cause: error });
    });
  checked.set(number, outcome);
  return outcome;
}

test.each(Array.from({ length: batches }, (_, index) => [index * batch, (index + 1) * batch - 1]))(
  'operations %i to %i',
  async (first, last) => {
    for (let number = first; number <= last; number++) await checkOnce(number);
  },
);

test('they select every field, and most find rows', async () => {
  // If this test runs alone, no other test has checked them.
  for (let number = 0; number < batches * batch; number++) await checkOnce(number);
  expect(tally.answered).toBeGreaterThanOrEqual(500);
  expect(tally.withData).toBeGreaterThan(tally.answered / 2);
  expect([...tally.codes].sort()).toEqual(['BAD_USER_INPUT', 'FORBIDDEN', 'NOT_FOUND']);
  expect([...fieldsBelow('Query')].filter((field) => !tally.fields.has(field))).toEqual(unsteady);
}, 600_000);

/** Returns every field that a query can select, as `Type.field`. */
function fieldsBelow(name: string, found = new Set<string>()): Set<string> {
  const type = schema.getType(name);
  const types = isInterfaceType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  for (const field of types.flatMap((each) => Object.values(each.getFields()).map((one) => [`${each}.${one.name}`, one.type] as const))) {
    const [path, below] = field;
    if (found.has(path)) continue;
    found.add(path);
    fieldsBelow(getNamedType(below).name, found);
  }
  return found;
}

// 50,000 malformed requests over GraphQL and every REST route, while another tenant is answered: no 500, no late answer, steady memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { generateOperation } from '../graphql/random-operations/generate.ts';
import { Random } from '../graphql/random-operations/random.ts';
import { type Samples, seed } from '../graphql/random-operations/samples.ts';
import { cases, type Ids, idsOf, initOf, pathOf } from '../rest/all-routes.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { needsPostgres } from './postgres-only.ts';

needsPostgres();
const parley = useApp({ logLevel: 'silent' });
const requests = 50_000;
const atOnce = 8;
/** The longest allowed answer: far more than one takes on a loaded machine. A statement ends after 10 seconds. */
const latestMs = 10_000;

let attacker: Tenant;
let other: Tenant;
let samples: Samples;
let ids: Ids;

beforeAll(async () => {
  attacker = await parley.tenant(90);
  samples = await seed(parley, attacker);
  const line = { phoneNumber: '+15550000099', createdAt: new Date().toISOString(), agent: { externalId: 'ada', name: 'Ada' } };
  await parley.importLines(attacker, [phoneLine(line)]);
  ids = await idsOf(parley, attacker);
  other = await parley.tenant();
  await parley.importLines(other, [phoneLine({})]);
});

const odd = [
  '',
  ' ',
  '0',
  '-1',
  '1e2',
  '9'.repeat(25),
  '٣',
  'null',
  'true',
  '%00',
  '%F0%9F',
  '%',
  '👍',
  "'--",
  '{}',
  '[]',
  'x'.repeat(5_000),
  '2026-13-01',
  '+',
  '../..',
];
const oddValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  '',
  '\0',
  '\ud800',
  'x'.repeat(20_000),
  [],
  [[]],
  {},
  { a: { b: {} } },
];
const oddTokens = [
  '{',
  '}',
  '(',
  ')',
  '...',
  '@skip(if: true)',
  '@include(if: null)',
  'null',
  '-1',
  '2147483648',
  '1e400',
  '"\\u0000"',
  '"\\ud800"',
  '[]',
  '$none',
  '__typename',
  'first: 0',
  'after: "x"',
];

/** Returns a valid document with a token dropped, doubled, replaced or inserted, or, half of the time, with an odd variable. */
function graphqlRequest(random: Random): { path: string; init: RequestInit } {
  const { query, variables } = generateOperation(schema, random, samples);
  const names = Object.keys(variables);
  const sent = names.length > 0 && random.chance(0.5) ? { ...variables, [random.pick(names)]: random.pick(oddValues) } : variables;
  const text = random.chance(0.5) ? query : mutated(query.split(/\b/), random);
  return { path: '/graphql', init: { method: 'POST', headers: json, body: JSON.stringify({ query: text, variables: sent }) } };
}

function mutated(tokens: string[], random: Random): string {
  const at = random.below(tokens.length);
  const replacements = [
    [],
    [tokens[at] ?? '', tokens[at] ?? ''],
    [random.pick(oddTokens)],
    [tokens[at] ?? '', ' ', random.pick(oddTokens)],
  ];
  return tokens.toSpliced(at, 1, ...random.pick(replacements)).join('');
}

const json = { 'content-type': 'application/json' };

/** Returns a documented request with an odd parameter, id or key of its body. */
function restRequest(random: Random): { path: string; init: RequestInit } {
  const each = random.pick(cases);
  const { parameters, requestBody } = each.operation;
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && random.chance(0.5))
    .map(({ name, schema }) => `${name}=${random.chance(0.5) ? random.pick(odd) : (schema.default ?? 1)}`);
  const path = random.chance(0.8) ? pathOf(each, ids) : pathOf(each, ids).replace(/[^/]+$/, random.pick(odd.map(encodeURIComponent)));
  const example = requestBody?.content['application/json'].example;
  const names = Object.keys(example ?? {});
  const body = example && { ...example, [random.pick(names)]: random.pick(oddValues) };
  return {
    path: `${path}?${query.join('&').replaceAll('#', '%23')}`,
    init: initOf(each, random.chance(0.7) ? body : random.pick(oddValues)),
  };
}

async function ask(number: number): Promise<void> {
  const random = new Random(number);
  const { path, init } = random.chance(0.5) ? graphqlRequest(random) : restRequest(random);
  const begun = performance.now();
  const response = await parley.fetch(path, attacker.key, init);
  const text = await response.text();
  const ms = performance.now() - begun;
  const failed = response.status >= 500 || text.includes('"INTERNAL"') || ms > latestMs;
  if (failed)
    throw new Error(`request ${number}: ${response.status} after ${Math.round(ms)} ms\n${path}\n${init.body}\n${text.slice(0, 1_000)}`);
  tally.set(response.status, (tally.get(response.status) ?? 0) + 1);
}

const tally = new Map<number, number>();

/** Requests the other tenant's list until it is stopped. @returns the times of the answers */
async function probe(stop: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (!stop.aborted) {
    const begun = performance.now();
    const { data } = await parley.graphql(other.key, '{ conversations { nodes { id messageCount } } }');
    expect(data.conversations.nodes).toHaveLength(1);
    took.push(performance.now() - begun);
  }
  return took;
}

async function askAll(first: number, last: number): Promise<void> {
  const numbers = Array.from({ length: last - first }, (_, index) => first + index).values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const number of numbers) await ask(number);
    }),
  );
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

test('answers 50,000 requests without a 500, without a late answer and without a leak of memory', async () => {
  const done = new AbortController();
  const probes = probe(done.signal);
  // The caches fill up during the first part.
  await askAll(0, requests / 5);
  parley.logged.length = 0;
  const warm = heapBytes();
  await askAll(requests / 5, requests);
  parley.logged.length = 0;
  const grown = heapBytes() - warm;
  done.abort();
  const took = (await probes).toSorted((a, b) => a - b);
  const [p99 = 0, worst = 0] = [took[Math.floor(took.length * 0.99)], took.at(-1)];
  console.log(
    `statuses ${JSON.stringify([...tally])}; ${took.length} probes, ms: p99 ${Math.round(p99)}, worst ${Math.round(worst)}; heap grew ${Math.round(grown / 2 ** 20)} MiB`,
  );
  expect(worst).toBeLessThan(latestMs);
  expect(grown).toBeLessThan(64 * 2 ** 20);
  // Most requests are parsed, and many are answered.
  expect(tally.get(200) ?? 0).toBeGreaterThan(requests / 4);
}, 1_800_000);

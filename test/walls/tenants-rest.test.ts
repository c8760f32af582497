// Data of another organization is answered like data that does not exist: for every parameter of a path, query or body of every route. Routes and parameters are
// those of the contracts' tables; the answers are compared byte for byte, but for the request id, the date and a value that is repeated in a link.
import { beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { decodeId } from '../../src/values/ids.ts';
import { cases, comparable, type Ids, idsOf, initOf, pathOf, scalars } from '../rest/all-routes.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { stored } from '../support/stored.ts';
import { without } from './compare.ts';
import { isCount } from './counts.ts';
import { isCursor, known } from './known.ts';
import { fill } from './seed.ts';
import { twinOf } from './twin.ts';

// The tests spend more than the budget of a minute.
const parley = useApp({ budgetPerMinute: 1_000_000_000 });
let mine: Tenant;
let theirs: Tenant;
let ids: Ids;
let foreign: string[];
let before: Record<string, string[]>;

beforeAll(async () => {
  theirs = await parley.tenant();
  await fill(parley, theirs, { mark: 'zanzibar', count: 9, phone: '+1999' });
  mine = await parley.tenant();
  await fill(parley, mine, { mark: 'sample', count: 2, phone: '+1555' });
  ids = await idsOf(parley, mine);
  const [ofTheirs, ofMine] = [await named(theirs), new Set(await named(mine))];
  const inPaths = Object.values(await idsOf(parley, theirs)).flatMap((each) => Object.values(each));
  foreign = [...new Set([...onePerForm(ofTheirs.filter((value) => !ofMine.has(value))), ...inPaths])];
  before = await stored(parley.app.database, theirs.id);
});

/** The values of an organization that a request may name, as the graph and as each contract writes them. */
async function named(tenant: Tenant): Promise<string[]> {
  const has = await known(parley, schema, tenant.key);
  const found = new Set<string>([...has.addresses, ...has.texts]);
  for (const group of [has.ids, has.numbers, has.cursors])
    for (const each of group.values()) for (const value of each) found.add(String(value));
  const theirIds = await idsOf(parley, tenant);
  for (const each of cases.filter(({ route }) => route.method === 'GET')) {
    const response = await parley.fetch(`${pathOf(each, theirIds)}?limit=2`, tenant.key);
    for (const value of scalars(await response.json())) if (value.length < 100) found.add(value);
  }
  return [...found].filter((value) => value !== '' && twinOf(value) !== null);
}

/** The last value of each form, and the UUIDs in its global ids: some contracts take those. */
function onePerForm(values: readonly string[]): string[] {
  const forms = new Map(values.map((value) => [formOf(value), value]));
  return [...forms.values()].flatMap((value) => [value, decodeId(value)?.uuid ?? value]);
}

function formOf(value: string): string {
  // An id of the organization, or an instant in seconds.
  if (/^\d+$/.test(value)) return `integer of ${value.length > 6 ? 'many' : 'few'} digits`;
  const [, prefix = '', middle = '', suffix = ''] = /^([a-z]+_)?([\w-]+?)(\.\w+)?$/.exec(value) ?? [];
  const type = decodeId(middle)?.type;
  if (type) return `${prefix}${type}${suffix}`;
  return isCursor(middle) ? `${prefix}cursor ${middle.slice(0, 2)}${suffix}` : `text of ${value.includes(' ') ? 'words' : 'one word'}`;
}

const places = cases.flatMap((each) => {
  const { parameters, requestBody } = each.operation;
  const inBody = Object.entries(requestBody?.content['application/json'].schema.properties ?? {});
  return [
    ...parameters.filter(({ schema: rule }) => !isCount(rule)).map(({ name, in: part }) => ({ each, part, name })),
    ...inBody.filter(([, { type }]) => [type].flat().includes('string')).map(([name]) => ({ each, part: 'body' as const, name })),
  ].map((place) => ({ ...place, title: `${each.title} ${place.part} ${place.name}` }));
});
type Place = (typeof places)[number];

async function ask({ each, part, name }: Place, value: string) {
  const encoded = encodeURIComponent(value);
  const inPath = part === 'path' ? { ...ids, [each.contract.name]: { ...ids[each.contract.name], [name]: encoded } } : ids;
  const search = part === 'query' ? `?${name}=${encoded}` : '';
  const init = part === 'body' ? initOf(each, { [name]: value }) : initOf(each);
  return without(value, await comparable(await parley.fetch(`${pathOf(each, inPath)}${search}`, mine.key, init)));
}

test('the test has values of many forms, and places for them', () => {
  expect(foreign.length).toBeGreaterThan(25);
  expect(places.length).toBeGreaterThan(30);
  expect(places.map(({ part }) => part)).toEqual(expect.arrayContaining(['path', 'query', 'body']));
});

describe.each(places)('$title', (place) => {
  test('answers a value of another organization like an unknown one', async () => {
    const statuses = new Set<number>();
    for (const value of foreign) {
      const unknown = await ask(place, String(twinOf(value)));
      const answer = await ask(place, value);
      expect({ value, ...answer }).toEqual({ value, ...unknown });
      expect(answer.status).toBeLessThan(500);
      statuses.add(answer.status);
    }
    // A foreign value in a path finds nothing; an own value in the same path does.
    if (place.part === 'path') expect([...statuses].filter((status) => status !== 400)).toEqual([404]);
    expect((await parley.fetch(pathOf(place.each, ids), mine.key, initOf(place.each))).status).toBe(place.each.route.status);
  });
});

test('the other organization is unchanged', async () => {
  expect(await stored(parley.app.database, theirs.id)).toEqual(before);
});

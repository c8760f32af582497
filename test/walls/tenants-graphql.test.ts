// Data of another organization is answered like data that does not exist: for every place of the schema that takes an id, an integer id, a cursor, an address or an
// external id. The places are found by walking the schema; the answers are compared byte for byte, but for the request id and the date.
import { beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { readable } from '../modules/change/readable.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { stored } from '../support/stored.ts';
import { answerTo } from './compare.ts';
import { type Known, known } from './known.ts';
import { type NodeType, nodeTypes } from './node-types.ts';
import { outcomes, selection, Ways } from './operations.ts';
import { type Place, placesOf } from './places.ts';
import { externalIds, fill } from './seed.ts';
import { twinOf } from './twin.ts';
import { type Names, namesAt } from './values.ts';

// The tests spend more than the budget of a minute.
const parley = useApp({ budgetPerMinute: 1_000_000_000 });
const ways = new Ways(schema);

/** An organization, with its values that a client can name. */
type Side = Tenant & { has: Known };

let mine: Side;
/** Filled like `mine` and sent the same requests, but with unknown values: the effects of changes are the same in both. */
let alike: Side;
let theirs: Side;
let before: Record<string, string[]>;

beforeAll(async () => {
  const tenants = [await parley.tenant(), await parley.tenant(), await parley.tenant()] as const;
  await fill(parley, tenants[0], { mark: 'zanzibar', count: 9, phone: '+1999' });
  await fill(parley, tenants[1], { mark: 'sample', count: 2, phone: '+1555' });
  await fill(parley, tenants[2], { mark: 'sample', count: 2, phone: '+1555' });
  await readable(parley.app.database);
  const sides = [];
  for (const tenant of tenants) sides.push({ ...tenant, has: await known(parley, schema, tenant.key) });
  [theirs, mine, alike] = sides as [Side, Side, Side];
  before = await stored(parley.app.database, theirs.id);
});

const places = placesOf(schema).map((place) => ({ ...place, names: namesAt(place) }));
const rank = ({ parent, field }: Place) => (/^delete/.test(field.name) ? 2 : parent === schema.getMutationType() ? 1 : 0);
/** Reading comes first, because it must not find what changes write. Deletions come last, because nothing finds what they deleted. */
const naming = places.filter(({ names }) => names !== 'nothing').sort((a, b) => rank(a) - rank(b));

/** One value of each form that names something of an organization, and where another is given nothing of that. */
function candidates(names: Names, { has: { ids, numbers, cursors, addresses, texts } }: Side, other: Side | null): (string | number)[] {
  const otherNumbers = new Set([...(other?.has.numbers.values() ?? [])].flatMap((each) => [...each]));
  // A message is found by the conversation that has it: one of all of them.
  if (names === 'id' && other === null) return [...nodeTypes.map((type) => last(ids.get(type))), ...(ids.get('Conversation') ?? [])];
  if (names === 'id') return nodeTypes.map((type) => last(ids.get(type)));
  if (names === 'number') return [...numbers.values()].flatMap((each) => [...each].filter((one) => !otherNumbers.has(one)).slice(-1));
  if (names === 'cursor') return [...cursors.values()].flatMap((each) => [...each].slice(0, 1));
  if (names === 'address') return [...addresses].filter((each) => !other?.has.addresses.has(each)).slice(-2);
  if (other === null) return ['chat-0', ...externalIds.map((each) => each.replace('zanzibar', 'sample'))];
  return [...externalIds, 'phone-8', 'chat-8', ...[...texts].slice(0, 1)];
}

function last<Item>(items: Iterable<Item> | undefined): Item {
  const item = [...(items ?? [])].at(-1);
  if (item === undefined) throw new Error('known.ts found nothing to take');
  return item;
}

/** Returns the answer to a side's request that sends a value at a place. */
function ask(side: Side, place: Place, value: string | number) {
  const changes = place.parent === schema.getMutationType();
  const inner = selection(schema, place.field.type, changes ? 1 : 2, changes ? { leaves: outcomes } : {});
  // From the beginning, so that the stream has events.
  const follows =
    place.parent === schema.getSubscriptionType() && place.path[0] !== 'after' && place.field.args.some(({ name }) => name === 'after');
  const also = follows ? { after: firstPosition() } : {};
  const operation = ways.at(place, value, inner, (type: NodeType) => last(side.has.ids.get(type)), also);
  return answerTo(parley, side.key, operation, value);
}

/** A cursor of changes before all that ours has. */
function firstPosition(): string {
  const [first] = [...theirs.has.cursors.values()].flatMap((each) => [...each]).filter((cursor) => cursor.length === 20);
  return first ?? '';
}

test('the test has places of every kind', () => {
  const counts = Map.groupBy(naming, ({ names }) => names);
  expect([...counts.keys()].sort()).toEqual(['address', 'cursor', 'external', 'id', 'number']);
  for (const of of counts.values()) expect(of.length).toBeGreaterThan(1);
});

describe.each(naming)('$title', (place) => {
  const changes = place.parent === schema.getMutationType();

  test('answers a value of another organization like an unknown one', async () => {
    const foreign = candidates(place.names, theirs, mine);
    expect(foreign.length).toBeGreaterThan(0);
    for (const value of foreign) {
      const twin = twinOf(value);
      if (twin === null) throw new Error(`twin.ts makes no twin of ${value}`);
      const unknown = await ask(changes ? alike : mine, place, twin);
      const answer = await ask(mine, place, value);
      expect({ value, ...answer }).toEqual({ value, ...unknown });
      expect(answer.text).not.toContain('INTERNAL');
    }
  });
});

test('the other organization is unchanged', async () => {
  expect(await stored(parley.app.database, theirs.id)).toEqual(before);
});

/** A stream that begins now shows no existing data; test/modules/event tests it. */
const shown = naming.filter(
  ({ parent, field }) => parent !== schema.getSubscriptionType() || field.args.some(({ name }) => name === 'after'),
);

const findable = shown.filter(
  ({ names, parent }) => ['id', 'number', 'cursor'].includes(names) || (names === 'external' && parent === schema.getQueryType()),
);
// Otherwise the values under test would not have been used. These tests change `alike`, so they come last.
describe.each(findable)('$title', (place) => {
  test('answers an own value like a known one', async () => {
    const found = [];
    for (const value of candidates(place.names, alike, null)) {
      const answer = await ask(alike, place, value);
      // A cursor of another list is refused.
      if (place.names === 'cursor') found.push(!answer.text.includes('"errors"'));
      else found.push(answer.text !== (await ask(alike, place, twinOf(value) ?? '')).text);
    }
    expect(found).toContain(true);
  });
});

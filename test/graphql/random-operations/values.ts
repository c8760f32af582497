import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { encodeId } from '../../../src/values/ids.ts';
import type { Random } from './random.ts';
import type { Samples } from './samples.ts';

/** An argument or input field, with the field that it belongs to. */
export interface Place {
  field: string;
  name: string;
}

const garbage = ['', 'x', 'AAAA', '\u{1f600}'];
const unknownId = encodeId('Conversation', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e');

/** Chooses a JSON value that the type accepts: mostly one that finds rows, sometimes one at a limit or beyond it. */
export function randomValue(random: Random, samples: Samples, type: GraphQLInputType, place: Place): unknown {
  if (isNonNullType(type)) return randomValue(random, samples, type.ofType, place) ?? randomValue(random, samples, type, place);
  if (random.chance(0.06)) return null;
  // A value in place of a list is a list of one.
  if (isListType(type) && random.chance(0.1)) return randomValue(random, samples, type.ofType, place);
  if (isListType(type)) return Array.from({ length: random.below(4) }, () => randomValue(random, samples, type.ofType, place));
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const given = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.chance(0.3));
    return Object.fromEntries(given.map(({ name, type: of }) => [name, randomValue(random, samples, of, { ...place, name })]));
  }
  const make = scalars[type.name];
  if (make === undefined) throw new Error(`the generator has no values of ${type.name}, which ${place.field} takes as ${place.name}`);
  return make(random, samples, place);
}

const scalars: Record<string, (random: Random, samples: Samples, place: Place) => unknown> = {
  Boolean: (random) => random.chance(0.5),
  Int: (random, _samples, { name }) => {
    if (name === 'offset') return random.pick([0, 0, 1, 2, 5, 1_000_000, 1_000_001, -1]);
    return random.chance(0.93) ? random.pick([1, 2, 3, 5, 7]) : random.pick([0, -1, 60, 200, 201, 2_147_483_647, -2_147_483_648]);
  },
  SafeInt: (random, { numbers }) =>
    random.chance(0.8)
      ? random.pick(Object.values(numbers).flat())
      : random.pick([0, -1, 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]),
  ID: (random, { ids }, { name, field }) => {
    if (random.chance(0.04)) return random.pick(garbage);
    if (random.chance(0.04)) return unknownId;
    const type = { around: 'Message', phoneNumberId: 'PhoneNumber', agentId: 'Agent' }[name] ?? { conversation: 'Conversation' }[field];
    return random.pick((random.chance(0.96) && type && ids[type]) || Object.values(ids).flat());
  },
  String: (random, { cursors }, { name, field }) => {
    if (name === 'query') return random.pick(['hello', 'HELLO there', 'wor', '你好', 'ann', '5550', '!', '', 'nowhere', "it's 100%_\\"]);
    if (name === 'timeZone') return random.pick(['UTC', 'Europe/Berlin', 'America/Havana', 'Mars/Olympus']);
    if (random.chance(0.03)) return random.pick(garbage);
    return random.pick((random.chance(0.97) && cursors[field]) || Object.values(cursors).flat());
  },
  Date: (random) => random.pick(['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-28', '0001-01-01', '9999-12-31']),
  DateTime: (random) => {
    const ago = new Date(Date.now() - random.below(30) * 86_400_000).toISOString();
    return random.pick([ago, ago, ago, '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-02-28T23:59:59.5+05:30']);
  },
  JSON: (random) => random.pick(['gold', 'x', 1, 1.5, true, null, {}, ['a'], 2 ** 53]),
  JSONObject: () => ({}),
  Float: (random) => random.pick([0, 1.5, 60]),
  URL: (random) => random.pick(['https://media.test/a.png', 'https://media.test/b']),
  PhoneNumberString: (random) => random.pick(['+15550000010', '+15550000011', '+15550000013', '+15559999999', '22395', 'VERIFY']),
};

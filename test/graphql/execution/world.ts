// Resolvers of the whole schema that return, throw and reject anything. The same world gives the same outcome at the same place, to every executor.
import {
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import { Random } from '../random-operations/random.ts';

/** An object of the world, with the place that it was first returned at. */
interface Thing {
  __typename: string;
  [placeOf]: string;
}
const placeOf = Symbol('place');

const texts = [
  '',
  'plain',
  'with "quotes" and \\',
  'line\nbreak',
  'é',
  '你好',
  '\u{1f600}',
  '\ud800 alone',
  '\u2028',
  '__proto__',
  'a'.repeat(200),
];
const wrongValues: (() => unknown)[] = [
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -0,
  () => 2 ** 40,
  () => 1.5,
  () => 'x "y"',
  () => '',
  () => true,
  () => ({}),
  () => [],
  () => [1, null],
  () => new Set(['a', 'b']),
  () => new Date(0),
  () => ({ toJSON: () => 'of toJSON' }),
  () => ({ valueOf: () => 7 }),
];

export class World {
  /** Each call of a resolver or a type check, with all that it was given. */
  readonly calls: string[] = [];
  readonly #schema: GraphQLSchema;
  readonly #seed: number;
  /** The share of places where something is wrong. */
  readonly #evil: number;

  constructor(schema: GraphQLSchema, seed: number, evil: number) {
    this.#schema = schema;
    this.#seed = seed;
    this.#evil = evil;
  }

  /** The object of a query or mutation. */
  root(type: GraphQLObjectType): unknown {
    return this.#thing(type, type.name);
  }

  resolve(source: unknown, args: object, info: GraphQLResolveInfo): unknown {
    const { parentType, fieldName, returnType, fieldNodes, operation, fragments, variableValues, rootValue, schema, path } = info;
    const place = `${responsePathAsArray(path).join('.')} ${path.typename} ${JSON.stringify(args)}`;
    const given = [parentType, fieldName, returnType, fieldNodes.length, operation.name?.value, Object.keys(fragments)];
    const rest = [
      JSON.stringify(variableValues),
      (rootValue as Thing)[placeOf],
      schema === this.#schema,
      (source as Partial<Thing>)?.[placeOf],
    ];
    this.calls.push([place, ...given, ...rest].join('|'));
    return this.#outcome(returnType, place);
  }

  isTypeOf(value: unknown, type: GraphQLObjectType, info: GraphQLResolveInfo): unknown {
    const place = `${type.name} of ${(value as Partial<Thing>)?.[placeOf]}`;
    this.calls.push(`${place} ${info.fieldName}`);
    const random = this.#random(place);
    if (random.chance(this.#evil / 2)) return this.#fail(random, place, () => false);
    return random.chance(0.2) ? later(random, () => true) : true;
  }

  resolveType(value: unknown, type: GraphQLAbstractType): unknown {
    const place = `${type.name} for ${(value as Partial<Thing>)?.[placeOf]}`;
    this.calls.push(place);
    const random = this.#random(place);
    const name = (value as Partial<Thing>)?.__typename;
    const others = [undefined, null, 'Nowhere', 'String', type.name, 'Query', 7, this.#schema.getQueryType()];
    if (random.chance(this.#evil / 2)) return this.#fail(random, place, () => random.pick(others));
    return random.chance(0.2) ? later(random, () => name) : name;
  }

  #random(place: string): Random {
    let hash = this.#seed ^ 0x811c9dc5;
    for (let index = 0; index < place.length; index++) hash = Math.imul(hash ^ place.charCodeAt(index), 0x01000193);
    return new Random(hash);
  }

  #outcome(type: GraphQLOutputType, place: string): unknown {
    const random = this.#random(place);
    if (random.chance(this.#evil)) return this.#fail(random, place, () => random.pick(wrongValues)());
    const value = () => this.#good(type, place, random);
    return random.chance(0.25) ? later(random, value) : value();
  }

  #fail(random: Random, place: string, wrong: () => unknown): unknown {
    switch (random.below(9)) {
      case 0:
        throw new Error(`thrown at ${place}`);
      case 1:
        throw new GraphQLError('with extensions', { extensions: { code: 'X', place } });
      case 2:
        throw `a text, thrown at ${place}`;
      case 3:
        return new Error(`returned at ${place}`);
      case 4:
        return null;
      case 5:
        return undefined;
      case 6:
        return later(random, () => {
          throw new Error(`rejected at ${place}`);
        });
      case 7:
        return later(random, wrong);
      default:
        return wrong();
    }
  }

  #good(type: GraphQLOutputType, place: string, random: Random): unknown {
    if (isNonNullType(type)) return this.#good(type.ofType, place, random);
    if (random.chance(0.05)) return null;
    if (isListType(type)) {
      const items = Array.from({ length: random.below(4) }, (_, index) => this.#item(type.ofType, `${place}[${index}]`));
      return random.chance(0.1) ? new Set(items) : items;
    }
    if (isAbstractType(type)) return this.#thing(random.pick(this.#schema.getPossibleTypes(type)), place);
    if (isObjectType(type)) return this.#thing(type, place);
    if (isEnumType(type)) return random.pick(type.getValues()).value;
    switch (type.name) {
      case 'Int':
      case 'SafeInt':
        return random.below(1_000) - 500;
      case 'Float':
        return random.next();
      case 'Boolean':
        return random.chance(0.5);
      case 'JSON':
      case 'JSONObject':
        return { text: random.pick(texts), list: [1, null, { a: true }] };
      default:
        return random.pick(texts);
    }
  }

  /** An item cannot throw: it is an error, or a promise of one. */
  #item(type: GraphQLOutputType, place: string): unknown {
    try {
      return this.#outcome(type, place);
    } catch (error) {
      return error;
    }
  }

  /** Returns an object whose properties are outcomes, functions that return them, or getters that throw. */
  #thing(type: GraphQLObjectType, place: string): Thing {
    const fields = type.getFields();
    return new Proxy({ __typename: type.name, [placeOf]: place } as Thing, {
      get: (target, name) => {
        const field = typeof name === 'string' ? fields[name] : undefined;
        if (field === undefined) return Reflect.get(target, name);
        const at = `${place}.${field.name}`;
        if (!this.#random(`form ${at}`).chance(0.15)) return this.#outcome(field.type, at);
        return (args: object, _context: unknown, info: GraphQLResolveInfo) => this.resolve(target, args, info);
      },
    });
  }
}

/** Returns a promise that settles after a few turns of the microtask queue. */
async function later(random: Random, work: () => unknown): Promise<unknown> {
  for (let turns = random.below(5); turns > 0; turns--) await null;
  return work();
}

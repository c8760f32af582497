import {
  type GraphQLArgument,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
} from 'graphql';
import type { Random } from './random.ts';
import type { Samples } from './samples.ts';
import { randomValue } from './values.ts';
import { Variables } from './variables.ts';

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** Fields whose value changes by itself, on a server with any transaction of any database. */
export const unsteady = ['ChangeConnection.latestCursor'];

const maxFields = 40;
const maxDepth = 9;

/** Arguments that exclude others: mostly left out if one of those is given. */
const rivals: Record<string, readonly string[]> = {
  last: ['first', 'offset', 'around', 'aroundNumber'],
  after: ['offset', 'around', 'aroundNumber'],
  before: ['offset', 'around', 'aroundNumber'],
  aroundNumber: ['around'],
  number: ['id'],
};

/** Generates a valid query, or a mutation, of the schema: fields with arguments, aliases, fragments of both kinds, variables, `@include` and `@skip`. */
export function generateOperation(schema: GraphQLSchema, random: Random, samples: Samples, kind = OperationTypeNode.QUERY): Operation {
  const root = schema.getRootType(kind);
  if (!root) throw new Error(`there is no ${kind}`);
  const writer = new Writer(schema, random, samples);
  const selections = writer.selectionSet(root, maxDepth);
  const { declarations, sent } = writer.variables;
  const head = declarations.length > 0 ? `${kind} Random(${declarations.join(', ')})` : `${kind} Random`;
  return { query: [`${head} ${selections}`, ...writer.fragments].join('\n'), variables: sent };
}

class Writer {
  readonly variables: Variables;
  /** The finished fragments. A fragment cannot spread the one it is part of. */
  readonly fragments: string[] = [];
  readonly #fragmentsOf = new Map<string, string[]>();
  /** Selected fields with arguments, to select them a second time under the same name: GraphQL merges them. */
  readonly #selected = new Map<string, string[]>();
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #samples: Samples;
  #fields = 0;
  #names = 0;

  constructor(schema: GraphQLSchema, random: Random, samples: Samples) {
    this.#schema = schema;
    this.#random = random;
    this.#samples = samples;
    this.variables = new Variables(random);
  }

  selectionSet(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + this.#random.below(5) }, () => this.#selection(type, depth));
    return `{ ${[...new Set(parts)].join(' ')} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    if (!isObjectType(type)) return this.#ofAbstract(type, depth);
    const form = this.#random.below(20);
    if (depth > 1 && form === 0) return this.#spread(type, depth);
    if (depth > 1 && form === 1) return `... on ${type.name}${this.#directives()} ${this.selectionSet(type, depth - 1)}`;
    if (depth > 1 && form === 2) return `...${this.#directives()} ${this.selectionSet(type, depth - 1)}`;
    if (form === 3 && type.getInterfaces().length > 0) return `... on ${this.#random.pick(type.getInterfaces())} { id }`;
    return this.#field(type, depth);
  }

  /** Selects fields of each possible type under separate names, because one name must have one type. */
  #ofAbstract(type: Exclude<GraphQLCompositeType, GraphQLObjectType>, depth: number): string {
    if (depth < 2) return 'is: __typename';
    const some = this.#schema.getPossibleTypes(type).filter(() => this.#random.chance(0.4));
    return ['is: __typename', ...some.map((each) => `... on ${each} { ${this.#field(each, depth - 1, `${each}_`)} }`)].join(' ');
  }

  #spread(type: GraphQLObjectType, depth: number): string {
    const known = this.#fragmentsOf.get(type.name) ?? [];
    if (known.length > 0 && this.#random.chance(0.4)) return `...${this.#random.pick(known)}${this.#directives()}`;
    const selections = this.selectionSet(type, depth - 1);
    const name = `F${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${type} ${selections}`);
    this.#fragmentsOf.set(type.name, [...known, name]);
    return `...${name}${this.#directives()}`;
  }

  #field(type: GraphQLObjectType, depth: number, prefix = ''): string {
    const field = this.#choose(type, depth);
    if (field === null) return 'is: __typename';
    this.#fields += 1;
    const below = getNamedType(field.type);
    const head = this.#head(type, field, prefix) + this.#directives();
    return isCompositeType(below) ? `${head} ${this.selectionSet(below, depth - 1)}` : head;
  }

  /** Chooses a field, more often one with subfields; leaf fields only once the query is large enough. Null if there is none. */
  #choose(type: GraphQLObjectType, depth: number): GraphQLField<unknown, unknown> | null {
    const fields = Object.values(type.getFields()).filter(({ name }) => !unsteady.includes(`${type.name}.${name}`));
    const [leaves, others] = [fields.filter((each) => !hasMore(each)), fields.filter(hasMore)];
    const goOn = others.length > 0 && depth > 1 && this.#fields < maxFields && this.#random.chance(leaves.length > 0 ? 0.7 : 1);
    const among = goOn ? others : leaves;
    return among.length > 0 ? this.#random.pick(among) : null;
  }

  /** Chooses the alias of a field and its arguments; no alias is used for two fields. */
  #head(type: GraphQLObjectType, { name, args }: GraphQLField<unknown, unknown>, prefix: string): string {
    const path = `${prefix}${type.name}.${name}`;
    const before = this.#selected.get(path) ?? [];
    if (before.length > 0 && this.#random.chance(0.3)) return this.#random.pick(before);
    const given = this.#given(args);
    const values = given.map((arg) => {
      const value = randomValue(this.#random, this.#samples, arg.type, { field: name, name: arg.name });
      return `${arg.name}: ${this.variables.write(arg.type, value)}`;
    });
    if (values.length === 0) return prefix || this.#random.chance(0.1) ? `${prefix || 'also_'}${name}: ${name}` : name;
    this.#names += 1;
    const head = `${prefix}${name}_${this.#names}: ${name}(${values.join(', ')})`;
    this.#selected.set(path, [...before, head]);
    return head;
  }

  #given(args: readonly GraphQLArgument[]): readonly GraphQLArgument[] {
    const chosen = args.filter(({ name, type }) => isNonNullType(type) || this.#random.chance(name === 'first' ? 0.6 : 0.2));
    const names = chosen.map(({ name }) => name);
    const given = chosen.filter(({ name }) => !rivals[name]?.some((rival) => names.includes(rival)) || this.#random.chance(0.05));
    // Looks up an object, mostly by its id.
    return given.length === 0 && args.some(({ name }) => name === 'id') && this.#random.chance(0.9) ? args.slice(0, 1) : given;
  }

  #directives(): string {
    if (!this.#random.chance(0.08)) return '';
    const yes = this.#random.chance(0.7);
    const condition = (value: boolean) => this.variables.write(new GraphQLNonNull(GraphQLBoolean), value);
    return this.#random.chance(0.5) ? ` @include(if: ${condition(yes)})` : ` @skip(if: ${condition(!yes)})`;
  }
}

function hasMore({ type }: GraphQLField<unknown, unknown>): boolean {
  return isCompositeType(getNamedType(type));
}

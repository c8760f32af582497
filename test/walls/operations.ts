// Operations made from the schema: any field, reached from the root, with arguments that are good but for the one under test.
import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { unsteady } from '../graphql/random-operations/generate.ts';
import { nodeTypes } from './node-types.ts';
import { type Field, objectTypes, type Place } from './places.ts';
import { beside, type IdOf, inputOf, type Wish } from './values.ts';

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** A field below its root: each with its name and arguments, the root's first. */
interface Step {
  parent: GraphQLObjectType;
  field: Field;
  /** The type to narrow to, where the field gives an interface. */
  narrow: GraphQLObjectType | null;
}

/** A field to select: with one argument as wished, and with others of these values. */
interface On {
  field: Field;
  wish?: Wish | null;
  also?: Record<string, unknown>;
}

/** The roots of a schema with the keyword of each. */
export function rootsOf(schema: GraphQLSchema): [keyword: 'query' | 'mutation' | 'subscription', type: GraphQLObjectType][] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([keyword, type]) => (type ? [[keyword, type]] : []) as [typeof keyword, GraphQLObjectType][]);
}

/** Reaches types from the roots by the shortest way; those with a global id by `node`. */
export class Ways {
  readonly #schema: GraphQLSchema;
  readonly #ways = new Map<string, readonly Step[]>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    const query = schema.getQueryType();
    const node = query?.getFields().node;
    const queue: GraphQLObjectType[] = [];
    const found = (type: GraphQLObjectType, way: readonly Step[]) => {
      if (this.#ways.has(type.name)) return;
      this.#ways.set(type.name, way);
      queue.push(type);
    };
    for (const [, type] of rootsOf(schema)) found(type, []);
    for (const type of objectTypes(schema)) {
      if (query && node && nodeTypes.includes(type.name as never)) found(type, [{ parent: query, field: node, narrow: type }]);
    }
    for (let type = queue.shift(); type; type = queue.shift()) {
      for (const field of Object.values(type.getFields())) {
        const below = getNamedType(field.type);
        if (isObjectType(below)) found(below, [...this.to(type), { parent: type, field, narrow: null }]);
      }
    }
  }

  /** @throws for a type that no root reaches */
  to(type: GraphQLObjectType): readonly Step[] {
    const way = this.#ways.get(type.name);
    if (way === undefined) throw new Error(`operations.ts does not reach ${type.name} from a root of the schema`);
    return way;
  }

  /** Returns the operation that selects `inner` of a type, or of its field `on`. `also` returns arguments of the fields that lead to the type. */
  operation(
    type: GraphQLObjectType,
    inner: string,
    idOf: IdOf,
    on: On | null = null,
    also: (field: Field, parent: GraphQLObjectType) => Record<string, unknown> = () => ({}),
  ): Operation {
    const variables: Record<string, unknown> = {};
    const declared: string[] = [];
    const head = ({ field, wish = null, also: given = {} }: On, declaredBy: string) => {
      const [wished, ...path] = wish?.path ?? [];
      const always: Record<string, unknown> = { ...beside[declaredBy], ...given };
      const taken = field.args.filter((arg) => arg.name === wished || isNonNullType(arg.type) || arg.name in always);
      const parts = taken.map((arg) => {
        const name = `v${declared.length}`;
        declared.push(`$${name}: ${arg.type}`);
        const made = wish && arg.name === wished ? { path, target: wish.target } : null;
        variables[name] = !made && arg.name in always ? always[arg.name] : inputOf(arg.type, declaredBy, arg.name, idOf, made);
        return `${arg.name}: $${name}`;
      });
      return field.name + (parts.length > 0 ? `(${parts.join(', ')})` : '');
    };
    const way = this.to(type);
    const root = way[0]?.parent ?? type;
    const last = on === null ? inner : `${head(on, `${type.name}.${on.field.name}`)} ${inner}`;
    const query = way.reduceRight((within, { parent, field, narrow }) => {
      const narrowed = narrow ? `... on ${narrow.name} { ${within} }` : within;
      const ofNode = narrow && (() => idOf(narrow.name as Parameters<IdOf>[0]));
      const called = ofNode
        ? `${field.name}(id: ${JSON.stringify(ofNode())})`
        : head({ field, also: also(field, parent) }, `${parent.name}.${field.name}`);
      return `${called} { ${narrowed} }`;
    }, last);
    const [keyword] = rootsOf(this.#schema).find(([, each]) => each === root) ?? ['query'];
    return { query: `${keyword} Made${declared.length > 0 ? `(${declared.join(', ')})` : ''} { ${query} }`, variables };
  }

  /** Returns the operation that sends `target` at a place. */
  at({ parent, field, path }: Place, target: unknown, inner: string, idOf: IdOf, also: Record<string, unknown> = {}): Operation {
    return this.operation(parent, inner, idOf, { field, wish: { path, target }, also });
  }
}

type Leaves = (field: Field) => boolean;

/** Selects all fields of a type that need no arguments and do not change by themselves, to a depth; lists have few items. Empty for a leaf type. */
export function selection(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
  { size = 2, leaves = () => true }: { size?: number; leaves?: Leaves } = {},
): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  // Fields of one name may have different types in different types: only what they share.
  if (isUnionType(named)) return '{ __typename }';
  const fields = Object.values(named.getFields()).filter(
    ({ name, args }) => !args.some((arg) => isNonNullType(arg.type)) && !unsteady.includes(`${named.name}.${name}`),
  );
  const parts = fields.flatMap((field) => {
    const below = getNamedType(field.type);
    if (isLeafType(below)) return leaves(field) ? [field.name] : [];
    if (depth === 0) return [];
    const sized = field.args.some(({ name }) => name === 'first') ? `(first: ${size})` : '';
    return [`${field.name}${sized} ${selection(schema, below, depth - 1, { size, leaves })}`];
  });
  return `{ ${['__typename', ...parts].join(' ')} }`;
}

/** Leaf fields that report the outcome and are equal in every call. */
export const outcomes: Leaves = ({ name, type }) => {
  const named = getNamedType(type);
  return isEnumType(named) || (['Boolean', 'String'].includes(named.name) && !/cursor/i.test(name));
};

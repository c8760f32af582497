// The scopes that the schema's descriptions declare: what a reader of the documentation goes by. The gateway's own checks are not looked at.
import { type GraphQLNamedOutputType, type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { isScope, type Scope } from '../../src/auth/scopes.ts';
import { nodeTypes } from './node-types.ts';
import type { Field } from './places.ts';

/** The first scope after `Scope:`. Those that follow it with a condition are declared by what the condition is about. */
function described(description: string | null | undefined): Scope[] {
  const [, word = ''] = /\bScope: ([a-z]+:[a-z:]*[a-z])/.exec(description ?? '') ?? [];
  return isScope(word) ? [word] : [];
}

export class Declared {
  readonly #ofTypes = new Map<string, readonly Scope[]>();

  constructor(schema: GraphQLSchema) {
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
    for (const name of nodeTypes) {
      const type = schema.getType(name) as GraphQLObjectType;
      const lists = fields.filter((field) => nodeOf(getNamedType(field.type)) === name);
      const scopes = [...described(type.description), ...lists.flatMap(({ description }) => described(description))];
      // Every list of a type and the type itself say the same.
      this.#ofTypes.set(name, [...new Set(scopes)]);
      if (lists.length === 0 && scopes.length === 0) {
        throw new Error(
          `declared.ts does not know the scope of ${name}: no field of Query lists it, so its description must say "Scope: …"`,
        );
      }
    }
  }

  ofField({ description, type }: Field): Scope[] {
    return [...described(description), ...this.ofType(getNamedType(type))];
  }

  /** The scopes of a type with a global id, wherever it is shown: those of its list. Other types need the scopes of the field that leads to them. */
  ofType({ name }: GraphQLNamedOutputType): readonly Scope[] {
    return this.#ofTypes.get(name) ?? [];
  }
}

/** The type itself, or that of a connection's items. */
function nodeOf(type: GraphQLNamedOutputType): string {
  const nodes = isObjectType(type) ? type.getFields().nodes : undefined;
  return nodes ? getNamedType(nodes.type).name : type.name;
}

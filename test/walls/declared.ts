// The scopes that the committed schema declares in its descriptions: what a reader of the documentation goes by. The gateway's own checks, and the texts that it
// generates from them, are not looked at: a scope that changes by mistake changes both.
import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLNamedOutputType, type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { isScope, type Scope } from '../../src/auth/scopes.ts';
import { nodeTypes } from './node-types.ts';
import type { Field } from './places.ts';

const read = (name: string) => buildSchema(readFileSync(`src/graphql/${name}.graphql`, 'utf8'));
const released = read('released');
/** The printed schema in the repository. */
export const printed = read('schema');

/** Returns the first scope after `Scope:`. The fields that need the scopes after it declare them. */
function described(description: string | null | undefined): Scope[] {
  const [, word = ''] = /\bScope: ([a-z]+:[a-z:]*[a-z])/.exec(description ?? '') ?? [];
  return isScope(word) ? [word] : [];
}

/** Scopes by the descriptions of the released schema where it has the type or field, else by those of the printed one. */
export class Declared {
  readonly #ofTypes = new Map<string, readonly Scope[]>();
  readonly #documents: readonly GraphQLSchema[];

  constructor(documents: readonly GraphQLSchema[] = [released, printed]) {
    this.#documents = documents;
    for (const name of nodeTypes) {
      const document = documents.find((each) => each.getType(name));
      const type = document?.getType(name) as GraphQLObjectType | undefined;
      const fields = Object.values(document?.getQueryType()?.getFields() ?? {});
      const lists = fields.filter((field) => nodeOf(getNamedType(field.type)) === name);
      const scopes = [...described(type?.description), ...lists.flatMap(({ description }) => described(description))];
      // Every list of a type and the type itself say the same.
      this.#ofTypes.set(name, [...new Set(scopes)]);
      if (lists.length === 0 && scopes.length === 0) {
        throw new Error(
          `declared.ts does not know the scope of ${name}: no field of Query lists it, so its description must say "Scope: …"`,
        );
      }
    }
  }

  ofField(parent: GraphQLObjectType, { name, type }: Field): Scope[] {
    return [...described(this.#field(parent.name, name)?.description), ...this.ofType(getNamedType(type))];
  }

  /** The scopes of a type with a global id, wherever it is shown: those of its list. Other types need the scopes of the field that leads to them. */
  ofType({ name }: GraphQLNamedOutputType): readonly Scope[] {
    return this.#ofTypes.get(name) ?? [];
  }

  #field(parent: string, name: string): Field | undefined {
    for (const document of this.#documents) {
      const type = document.getType(parent);
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (field) return field;
    }
    return undefined;
  }
}

/** Returns the name of the type, or of the type of a connection's items. */
function nodeOf(type: GraphQLNamedOutputType): string {
  const nodes = isObjectType(type) ? type.getFields().nodes : undefined;
  return nodes ? getNamedType(nodes.type).name : type.name;
}

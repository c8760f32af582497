import { type GraphQLInputObjectType, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { Random } from './random.ts';

/** The variables of an operation: their declarations and values. */
export class Variables {
  readonly declarations: string[] = [];
  readonly sent: Record<string, unknown> = {};
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Writes a value as GraphQL, parts of it as variables: sent, left to their default, or both. */
  write(type: GraphQLInputType, value: unknown): string {
    if (this.#random.chance(0.25)) return this.#variable(type, value);
    if (value === null) return 'null';
    if (isNonNullType(type)) return this.#literal(type.ofType, value);
    return this.#literal(type, value);
  }

  #variable(type: GraphQLInputType, value: unknown): string {
    const name = `v${this.declarations.length}`;
    const form = this.#random.below(4);
    const stricter = value !== null && !isNonNullType(type) && form === 0 ? '!' : '';
    const defaulted = value !== null && form === 1;
    this.declarations.push(`$${name}: ${type}${stricter}${defaulted ? ` = ${literal(type, value)}` : ''}`);
    if (!defaulted || this.#random.chance(0.3)) this.sent[name] = value;
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, value: unknown): string {
    return literal(type, value, (of, part) => this.write(of, part));
  }
}

/** Writes a value as GraphQL; `part` writes its parts. */
function literal(type: GraphQLInputType, value: unknown, part: (type: GraphQLInputType, value: unknown) => string = literal): string {
  if (value === null) return 'null';
  if (isNonNullType(type)) return literal(type.ofType, value, part);
  if (isListType(type) && !Array.isArray(value)) return literal(type.ofType, value, part);
  if (isListType(type)) return `[${(value as unknown[]).map((each) => part(type.ofType, each)).join(', ')}]`;
  if (isInputObjectType(type)) {
    const fields = Object.entries(value as object).map(([name, each]) => `${name}: ${part(fieldType(type, name), each)}`);
    return `{${fields.join(', ')}}`;
  }
  return isEnumType(type) ? String(value) : JSON.stringify(value);
}

function fieldType(type: GraphQLInputObjectType, name: string): GraphQLInputType {
  const field = type.getFields()[name];
  if (field === undefined) throw new Error(`${type.name} has no ${name}`);
  return field.type;
}

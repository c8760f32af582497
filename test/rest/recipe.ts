// What a reader does who goes from REST to GraphQL by what `x-graphql` says, and knows nothing else.
import { runInNewContext } from 'node:vm';
import type { Case } from './all-routes.ts';

/** A request as its client wrote it: parameters as text, the body as JSON. */
export interface Given {
  path: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown>;
}

/** The variables of the operation's GraphQL document. */
export function variablesFor({ operation }: Pick<Case, 'operation'>, given: Given): unknown {
  const typed = (place: 'path' | 'query') =>
    Object.fromEntries(
      operation.parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema }) => [name, given[place][name] === undefined ? schema.default : asType(schema.type, given[place][name])]),
    );
  const scope = {
    path: typed('path'),
    query: typed('query'),
    body: given.body,
    globalId,
  };
  return plain(cook(operation['x-graphql'].variables, scope));
}

/** As JSON has it: without what is undefined. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The byte of each type that the description names. */
const types: Record<string, string> = { PhoneNumber: '04' };

function globalId(type: string, uuid: string): string {
  return Buffer.from(`${types[type]}${uuid.replaceAll('-', '')}`, 'hex').toString('base64url');
}

function cook(recipe: unknown, scope: object): unknown {
  if (typeof recipe === 'string') return runInNewContext(recipe, scope);
  if (typeof recipe !== 'object' || recipe === null || Array.isArray(recipe)) return recipe;
  return Object.fromEntries(Object.entries(recipe).map(([name, part]) => [name, cook(part, scope)]));
}

function asType(type: string | string[], text: string): unknown {
  return type === 'integer' || type === 'boolean' ? JSON.parse(text) : text;
}

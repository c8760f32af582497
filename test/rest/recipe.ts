// Computes GraphQL variables from `x-graphql` alone, as a reader of the OpenAPI document would.
import { runInNewContext } from 'node:vm';
import type { Case } from './all-routes.ts';

/** A request as its client wrote it: parameters as text, the body as JSON. */
export interface Given {
  path: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown>;
}

/** Returns the variables of the operation's GraphQL document. */
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
    instantOf,
    rankOf,
    contactAddress,
  };
  return plain(cook(operation['x-graphql'].variables, scope));
}

/** Returns a value as JSON has it: without undefined. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The byte of each type that the description names. */
const types: Record<string, string> = { PhoneNumber: '04' };

function globalId(type: string, uuid: string): string {
  return Buffer.from(`${types[type]}${uuid.replaceAll('-', '')}`, 'hex').toString('base64url');
}

function instantOf(time: string): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** Follows the description: the rank is made from the digits after the milliseconds. */
function rankOf(time: string): number {
  const [, digits = '000'] = /\.\d{3}(\d{3,})Z$/.exec(time) ?? [];
  const starts: Record<number, number> = { 3: 0, 6: 900 - 900_000, 9: 90_900 - 990_000_000 };
  return Number(digits) + (starts[digits.length] ?? 0);
}

/** The three kinds of address, as the description lists them. */
function contactAddress(text: string): string | undefined {
  const isSender = /^[\w+&. -]{1,11}$/.test(text) && /[a-z]/i.test(text) && text.trim() === text;
  return /^\+[1-9]\d{6,14}$/.test(text) || /^\d{3,8}$/.test(text) || isSender ? text : undefined;
}

function cook(recipe: unknown, scope: object): unknown {
  if (typeof recipe === 'string') return runInNewContext(recipe, scope);
  if (typeof recipe !== 'object' || recipe === null || Array.isArray(recipe)) return recipe;
  return Object.fromEntries(Object.entries(recipe).map(([name, part]) => [name, cook(part, scope)]));
}

function asType(type: string | string[], text: string): unknown {
  return (type === 'integer' || type === 'boolean') && text !== '' ? JSON.parse(text) : text;
}

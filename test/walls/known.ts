// The values of an organization that a client can name: ids, integer ids, cursors, addresses and texts, collected by reading every list of the schema.
import { type GraphQLOutputType, type GraphQLSchema, getNamedType, isCompositeType, isNonNullType, isObjectType } from 'graphql';
import { decodeId, isUuid } from '../../src/values/ids.ts';
import { readable } from '../modules/change/readable.ts';
import type { GraphQLAnswer, useApp } from '../support/harness.ts';
import { type NodeType, nodeTypes } from './node-types.ts';
import { selection } from './operations.ts';
import type { Field } from './places.ts';

/** Values in the order of reading, without duplicates; people and chats come last of their types. */
export interface Known {
  ids: Map<NodeType, Set<string>>;
  numbers: Map<string, Set<number>>;
  /** Cursors by their list and order, which are the beginning of a cursor. */
  cursors: Map<string, Set<string>>;
  addresses: Set<string>;
  texts: Set<string>;
}

/** Reads all that a key can list, with the lists of each item. @throws if no object of a type was found, because the tests would not cover that type */
export async function known(parley: ReturnType<typeof useApp>, schema: GraphQLSchema, key: string): Promise<Known> {
  await readable(parley.app.database);
  const found: Known = { ids: new Map(), numbers: new Map(), cursors: new Map(), addresses: new Set(), texts: new Set() };
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (!isCompositeType(getNamedType(field.type)) || !isRead(field)) continue;
    const sized = field.args.some(({ name }) => name === 'first') ? '(first: 20)' : '';
    const { data, errors }: GraphQLAnswer = await parley.graphql(
      key,
      `{ it: ${field.name}${sized} ${selection(schema, field.type, 4, { size: 4 })} }`,
    );
    if (errors) throw new Error(`known.ts cannot read Query.${field.name}: ${JSON.stringify(errors)}`);
    gather(schema, field.type, data.it, found);
  }
  const missing = nodeTypes.filter((type) => !found.ids.get(type)?.size);
  if (missing.length > 0) throw new Error(`seed.ts makes nothing of the types ${missing.join(', ')}: add one of each`);
  return found;
}

/** Returns true if a field needs no arguments and is no look-up by one of two ids. */
export function isRead({ args }: Field): boolean {
  return !args.some(({ name, type }) => isNonNullType(type) || name === 'id');
}

function gather(schema: GraphQLSchema, declared: GraphQLOutputType, value: unknown, found: Known): void {
  if (Array.isArray(value)) {
    for (const each of value) gather(schema, declared, each, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const own = schema.getType(String((value as { __typename?: string }).__typename));
  const type = isObjectType(own) ? own : getNamedType(declared);
  if (!isObjectType(type)) return;
  for (const [name, each] of Object.entries(value)) {
    const field = type.getFields()[name];
    if (field === undefined || each === null) continue;
    const below = getNamedType(field.type);
    if (isCompositeType(below)) gather(schema, field.type, each, found);
    else for (const leaf of Array.isArray(each) ? each : [each]) keep(below.name, type.name, leaf, found);
  }
  usefulLast(value as Record<string, unknown>, found);
}

/** Moves people and chats to the end: an agent cannot be changed, and a chat has the replies. */
function usefulLast({ id, participantKind, type }: Record<string, unknown>, { ids }: Known): void {
  const of = participantKind === 'PERSON' ? 'Participant' : type === 'GROUP' ? 'Conversation' : null;
  if (of !== null && typeof id === 'string' && ids.get(of)?.delete(id)) add(ids, of, id);
}

function keep(scalar: string, type: string, leaf: unknown, found: Known): void {
  if (scalar === 'SafeInt') add(found.numbers, type, Number(leaf));
  if (scalar === 'PhoneNumberString') found.addresses.add(String(leaf));
  if (scalar === 'ID' && typeof leaf === 'string') {
    const decoded = decodeId(leaf);
    if (decoded) add(found.ids, decoded.type, leaf);
  }
  if (scalar !== 'String' || typeof leaf !== 'string') return;
  if (isCursor(leaf)) add(found.cursors, leaf.slice(0, 2), leaf);
  else if (!isUuid(leaf)) found.texts.add(leaf);
}

function add<Key, Value>(to: Map<Key, Set<Value>>, key: Key, value: Value): void {
  to.set(key, (to.get(key) ?? new Set<Value>()).add(value));
}

/** Returns true for the form of a cursor: a fixed number of bytes, as base64url. */
export function isCursor(text: string): boolean {
  return /^([\w-]{20}|[\w-]{32})$/.test(text);
}

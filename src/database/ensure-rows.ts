import { uuidv7 } from 'uuidv7';

export interface Named {
  key: string;
  id: string;
}

/**
 * Finds rows by key and inserts the missing ones, under ids in the order of `keys`. The insert goes in the keys' order, which is the same
 * for every writer: two that insert the same rows wait for each other, never in a circle. @returns the ids by key
 */
export async function ensureRows(
  keys: Iterable<string>,
  find: (keys: string[]) => Promise<Named[]>,
  insert: (rows: Named[]) => Promise<{ id: string }[]>,
): Promise<Map<string, string>> {
  const wanted = [...new Set(keys)];
  if (wanted.length === 0) return new Map();
  const ids = new Map((await find(wanted)).map(({ key, id }) => [key, id]));
  const missing = wanted.filter((key) => !ids.has(key)).map((key) => ({ key, id: uuidv7() }));
  if (missing.length === 0) return ids;
  const inserted = new Set((await insert(missing.toSorted((a, b) => (a.key < b.key ? -1 : 1)))).map(({ id }) => id));
  for (const { key, id } of missing) if (inserted.has(id)) ids.set(key, id);
  // What another transaction inserted meanwhile has committed by now.
  const raced = missing.filter(({ id }) => !inserted.has(id)).map(({ key }) => key);
  if (raced.length > 0) for (const { key, id } of await find(raced)) ids.set(key, id);
  return ids;
}

/** What a map built for these very keys holds under one of them. */
export function known<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing is known under ${key}`);
  return value;
}

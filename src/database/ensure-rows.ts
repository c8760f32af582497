import { uuidv7 } from 'uuidv7';

interface KeyedId {
  key: string;
  id: string;
}

/**
 * Finds rows by key and inserts the missing ones, with ids in the order of `keys`. It inserts them sorted by key, as every writer does, so that two writers of
 * the same rows do not deadlock. @returns the ids by key
 */
export async function ensureRows(
  keys: Iterable<string>,
  find: (keys: string[]) => Promise<KeyedId[]>,
  insert: (rows: KeyedId[]) => Promise<{ id: string }[]>,
): Promise<Map<string, string>> {
  const distinct = [...new Set(keys)];
  if (distinct.length === 0) return new Map();
  const ids = new Map((await find(distinct)).map(({ key, id }) => [key, id]));
  const missing = distinct.filter((key) => !ids.has(key)).map((key) => ({ key, id: uuidv7() }));
  if (missing.length === 0) return ids;
  const inserted = new Set((await insert(missing.toSorted((a, b) => (a.key < b.key ? -1 : 1)))).map(({ id }) => id));
  for (const { key, id } of missing) if (inserted.has(id)) ids.set(key, id);
  // Other transactions inserted these meanwhile, and have committed.
  const insertedElsewhere = missing.filter(({ id }) => !inserted.has(id)).map(({ key }) => key);
  if (insertedElsewhere.length > 0) for (const { key, id } of await find(insertedElsewhere)) ids.set(key, id);
  return ids;
}

/** Returns the value of a key from a map that was built for this key. @throws if it is missing, which is a mistake in the code */
export function mustGet<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the map has no value for ${key}`);
  return value;
}

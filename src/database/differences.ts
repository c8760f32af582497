import { isDeepStrictEqual } from 'node:util';

/** Returns the fields of a change whose values differ from the stored ones; null if none does. An undefined field is ignored. */
export function differences<Fields extends object>(stored: Readonly<NoInfer<Fields>>, change: Readonly<Fields>): Partial<Fields> | null {
  const entries = Object.entries(change).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(value, stored[field as keyof Fields]),
  );
  return entries.length === 0 ? null : (Object.fromEntries(entries) as Partial<Fields>);
}

import { isDeepStrictEqual } from 'node:util';

/** Returns the fields of `wanted` whose values are not those of `stored`; undefined is not wanted. Null where nothing differs. */
export function differences<Wanted extends object>(stored: Readonly<NoInfer<Wanted>>, wanted: Readonly<Wanted>): Partial<Wanted> | null {
  const entries = Object.entries(wanted).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(value, stored[field as keyof Wanted]),
  );
  return entries.length === 0 ? null : (Object.fromEntries(entries) as Partial<Wanted>);
}

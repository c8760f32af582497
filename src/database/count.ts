/** The most items of a filtered list that are counted: a total of this number is a lower bound. */
const maxCounted = 10_000;

/** The same number, for descriptions. */
export const maxCountedText = maxCounted.toLocaleString('en');

/** Returns SQL for the number of rows of a query, counted up to `maxCounted`. */
export function countUpTo(query: string): string {
  return `(select count(*) from (${query} limit ${maxCounted}) matching)`;
}

/** Returns SQL for the exact number of items in a list, as a `total` of `KeysetQuery`. */
export function countAll(_bind: unknown, filtered: string): string {
  return `(select count(*) ${filtered})`;
}

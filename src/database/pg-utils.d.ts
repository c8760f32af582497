// The driver exports this file, and its types lack it.
declare module 'pg/lib/utils.js' {
  /** Returns a value as the server reads it. */
  export function prepareValue(value: unknown): Buffer | string | null;
}

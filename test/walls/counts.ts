/** True for a parameter of a route that counts something, and names nothing: an integer with a default or a bound. */
export function isCount({ type, default: byDefault, maximum }: { type?: unknown; default?: unknown; maximum?: unknown }): boolean {
  return type === 'integer' && (byDefault !== undefined || maximum !== undefined);
}

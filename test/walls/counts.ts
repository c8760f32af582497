/** Returns true for a parameter of a route that is a count and names no object: an integer with a default or a limit. */
export function isCount({ type, default: byDefault, maximum }: { type?: unknown; default?: unknown; maximum?: unknown }): boolean {
  return type === 'integer' && (byDefault !== undefined || maximum !== undefined);
}

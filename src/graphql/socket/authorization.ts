/**
 * Returns the Authorization header in the payload of `connection_init`: `Authorization: "Bearer KEY"`, its name in any case as in HTTP, or `apiKey: "KEY"`.
 * Null if there is none or more than one, as in HTTP.
 */
export function authorizationIn(connectionParams: Readonly<Record<string, unknown>> = {}): string | null {
  const found: string[] = [];
  for (const [name, value] of Object.entries(connectionParams)) {
    if (name.toLowerCase() === 'authorization') found.push(String(value));
    if (name === 'apiKey') found.push(`Bearer ${value}`);
  }
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : null;
}

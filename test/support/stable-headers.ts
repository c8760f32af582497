/** Headers without those that differ from one request to the next: its id, the date, and what is left of the key's budget. */
export function stableHeaders(headers: Iterable<[string, string]>): [string, string][] {
  return [...headers].filter(([name]) => !/^(x-request-id|date|ratelimit-.*)$/.test(name));
}

/** Returns the headers without those that differ between requests: the id, the date and the rest of the budget. */
export function stableHeaders(headers: Iterable<[string, string]>): [string, string][] {
  return [...headers].filter(([name]) => !/^(x-request-id|date|ratelimit-.*)$/.test(name));
}

const mostBackOffMs = 60_000;

/** Returns the time before an attempt is repeated: twice as long after each, at most a minute, with up to a half less so that several clients do not repeat together. */
export function backOffMs(attempt: number): number {
  return Math.min(mostBackOffMs, 1_000 * 2 ** (attempt - 1)) * (1 - Math.random() / 2);
}

/** Returns the wait that an answer requests, in milliseconds: `Retry-After` in seconds or as a date, else the end of the rate limit. Null: none. */
export function requestedWaitMs(headers: Headers, now: number): number | null {
  const retryAfter = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const date = Date.parse(retryAfter);
  if (date > now) return date - now;
  return prefixes.map((prefix) => resetMs(headers.get(`${prefix}-reset`), now)).find((ms) => ms !== null) ?? null;
}

/** Headers of a rate limit are written with these prefixes. */
const prefixes = ['ratelimit', 'x-ratelimit'];

/** Returns the time until the rate limit allows another request, in milliseconds; null if it allows one now. */
export function exhaustedMs(headers: Headers, now: number): number | null {
  const exhausted = prefixes.filter((prefix) => /^0+$/.test(headers.get(`${prefix}-remaining`)?.trim() ?? ''));
  return exhausted.length === 0 ? null : Math.max(...exhausted.map((prefix) => resetMs(headers.get(`${prefix}-reset`), now) ?? 0));
}

/** Numbers above this one are seconds since 1970. */
const mostSeconds = 1_000_000_000;

/** Reads a time in seconds from now, or in seconds since 1970. @returns milliseconds from now */
function resetMs(reset: string | null, now: number): number | null {
  if (reset === null || !/^\d+(\.\d+)?$/.test(reset.trim())) return null;
  const seconds = Number(reset);
  return seconds > mostSeconds ? Math.max(0, seconds * 1_000 - now) : seconds * 1_000;
}

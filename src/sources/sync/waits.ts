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
  return Number.isNaN(date) ? resetMs(headers, now) : Math.max(0, date - now);
}

/** Returns the time until the rate limit allows another request, in milliseconds; null if it allows one now. */
export function exhaustedMs(headers: Headers, now: number): number | null {
  const remaining = headers.get('ratelimit-remaining') ?? headers.get('x-ratelimit-remaining');
  return remaining !== null && /^\s*0+\s*$/.test(remaining) ? resetMs(headers, now) : null;
}

/** Numbers above this one are seconds since 1970. */
const mostSeconds = 1_000_000_000;

/** Returns the time until the rate limit is renewed. Its header is written in seconds from now, or in seconds since 1970. */
function resetMs(headers: Headers, now: number): number | null {
  const reset = headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset') ?? '';
  if (!/^\s*\d+(\.\d+)?\s*$/.test(reset)) return null;
  const seconds = Number(reset);
  return seconds > mostSeconds ? Math.max(0, seconds * 1_000 - now) : seconds * 1_000;
}

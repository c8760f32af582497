import { ulid } from 'ulid';

/** Returns a ULID. It only names requests in logs, so it needs no secure random bytes. */
export function newRequestId(): string {
  return ulid(Date.now(), Math.random);
}

/** A header of every answer: browsers must not guess another Content-Type. */
export const noSniffing = { 'X-Content-Type-Options': 'nosniff' };

/** Returns the headers of every answer to a key. No cache may store it, because content may be redacted later. */
export function answerHeaders(requestId: string) {
  return { 'Cache-Control': 'private, no-store', Vary: 'Authorization', 'X-Request-Id': requestId };
}

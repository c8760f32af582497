import { ulid } from 'ulid';

/** Returns a ULID. It only names requests in logs, so it needs no secure random bytes. */
export function newRequestId(): string {
  return ulid(Date.now(), Math.random);
}

/** Returns the id that the caller sent in `X-Request-Id`, if it can stand in a log and a header; otherwise a new one. */
export function requestIdFrom(sent: string | null): string {
  return sent !== null && /^[\w.:+/=@-]{1,128}$/.test(sent) ? sent : newRequestId();
}

/** A header of every answer: browsers must not guess another Content-Type. */
export const noSniffing = { 'X-Content-Type-Options': 'nosniff' };

/** Returns the headers of every answer to a key. No cache may store it, because content may be redacted later. */
export function answerHeaders(requestId: string) {
  return { 'Cache-Control': 'private, no-store', Vary: 'Authorization', 'X-Request-Id': requestId };
}

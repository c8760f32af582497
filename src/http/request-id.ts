import { ulid } from 'ulid';

/** A ULID. It tells requests apart in logs and guards nothing, so it need not cost secure random bytes. */
export function newRequestId(): string {
  return ulid(Date.now(), Math.random);
}

/** On every answer: a browser takes it for what its Content-Type says and nothing else. */
export const noSniffing = { 'X-Content-Type-Options': 'nosniff' };

/** What every answer to a key carries: content must be able to vanish, so nobody keeps it. */
export function answerHeaders(requestId: string) {
  return { 'Cache-Control': 'private, no-store', Vary: 'Authorization', 'X-Request-Id': requestId };
}

import { ulid } from 'ulid';

/** A ULID. It tells requests apart in logs and guards nothing, so it need not cost secure random bytes. */
export function newRequestId(): string {
  return ulid(Date.now(), Math.random);
}

/** What every answer to a key carries: content must be able to vanish, so nobody keeps it. */
export function answerHeaders(requestId: string) {
  return { 'Cache-Control': 'private, no-store', Vary: 'Authorization', 'X-Request-Id': requestId };
}

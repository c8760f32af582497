import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { OpenRequests } from './open-requests.ts';

interface Stop {
  server: Server;
  requests: OpenRequests;
  /** Ends event streams and WebSockets, whose clients then connect to another gateway. */
  endStreams(): void;
  /** The time in which new connections are still accepted. */
  drainMs: number;
  /** The time that running requests have after it. */
  graceMs: number;
  log: Logger;
}

/** The time in which a client may still use a connection that is idle: its next request may be under way. */
const idleMs = 500;
const closeIdleMs = 50;
/** The time in which requests that were cut off write their lines. */
const closedMs = 1_000;

/** Serves until the drain is over, then accepts no connection and lets the running requests end. Requests that need more than the grace period are cut off and logged. */
export async function stopServing({ server, requests, endStreams, drainMs, graceMs, log }: Stop): Promise<void> {
  requests.closeAfterAnswers();
  if (drainMs > 0) await delay(drainMs);
  // The http server's own `close` also closes idle connections at once, and resets a request that arrives on one of them.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  endStreams();
  let closeIdle: NodeJS.Timeout | undefined;
  const idle = setTimeout(() => {
    closeIdle = setInterval(() => server.closeIdleConnections(), closeIdleMs);
  }, idleMs);
  const grace = new AbortController();
  const isOver = await Promise.race([closed.then(() => false), delay(graceMs, true, { signal: grace.signal }).catch(() => true)]);
  grace.abort();
  clearTimeout(idle);
  clearInterval(closeIdle);
  // A client that disconnected may still have a request that is being answered.
  if (isOver && requests.count > 0)
    log.warn({ count: requests.count, requests: requests.describe() }, 'requests were cut off: GRACE_SECONDS were over');
  const ended = requests.ended();
  server.closeAllConnections();
  await Promise.race([ended, delay(closedMs, undefined, { ref: false })]);
}

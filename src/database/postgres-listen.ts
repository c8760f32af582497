import pg from 'pg';
import type { Listener } from './database.ts';

/** Milliseconds until it connects again: doubled after each failure, up to `lastDelayMs`. */
const firstDelayMs = 100;
const lastDelayMs = 5_000;
const keepAliveDelayMs = 10_000;

/**
 * Listens on a separate connection, because a pool closes idle ones, and connects again if the connection is lost.
 * @returns after the first attempt: a function that stops listening
 */
export async function listenOnServer(
  connection: pg.ClientConfig,
  channels: readonly string[],
  listener: Listener,
): Promise<() => Promise<void>> {
  let stopped = false;
  let current: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let delay = firstDelayMs;

  async function connect(): Promise<void> {
    const client = new pg.Client({ ...connection, keepAlive: true, keepAliveInitialDelayMillis: keepAliveDelayMs });
    let lost = false;
    const onLost = () => {
      if (lost) return;
      lost = true;
      client.end().catch(() => {});
      if (stopped) return;
      retry = setTimeout(() => void connect(), delay);
      delay = Math.min(2 * delay, lastDelayMs);
    };
    client.on('error', onLost);
    client.on('end', onLost);
    client.on('notification', ({ channel, payload = '' }) => listener.heard(channel, payload));
    current = client;
    try {
      await client.connect();
      for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch {
      return onLost();
    }
    if (lost) return;
    delay = firstDelayMs;
    listener.begun();
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await current?.end().catch(() => {});
  };
}

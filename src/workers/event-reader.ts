import type { Logger } from 'pino';
import type { Database, Transaction } from '../database/database.ts';
import { UnavailableError } from '../errors.ts';
import { eventsChannel } from '../modules/event/store/channels.ts';
import type { EventPosition } from '../modules/event/store/position.ts';
import { readFeeds } from '../modules/event/store/read-feeds.ts';
import { lastKnown, lockPosition, organizationsOf, savePosition } from '../modules/event/store/reader-position.ts';
import type { EventRow } from '../modules/event/store/rows.ts';
import type { Worker } from './worker.ts';

/** A lost notification delays events by at most this time. */
const pollMs = 5_000;
/** The delay before events are read that still wait for older transactions. */
const pendingMs = 100;
/** The delay before events are read again after a failure. */
const retryMs = 1_000;
/** The most events of one transaction. */
const batchSize = 500;

/** A reader that must not miss an event, such as webhooks. */
export interface DurableReader {
  /** Names the reader's positions in the table of event readers. */
  name: string;
  /**
   * Handles the next events of an organization, in the order of commits. What it writes with `tx` commits together with the reader's position, or not at all:
   * then it receives the same events again. It does no other I/O, because a long transaction delays the events of every organization.
   */
  handle(tx: Transaction, organizationId: string, events: readonly EventRow[]): Promise<void>;
}

/**
 * Reads the events of each organization for which `startReading` was called, on whichever gateway is first. It reads when events are notified, every five
 * seconds, and a second after a failure.
 */
export function eventReader(database: Database, log: Logger, { name, handle }: DurableReader): Worker {
  const woken = new Set<string>();
  /** At most one for each organization: every read that fails sets one, so that more would multiply the reads. */
  const timers = new Map<string, NodeJS.Timeout>();
  let stopped = false;
  let reading: Promise<void> | null = null;
  let poll: NodeJS.Timeout | undefined;
  let stopListening = async () => {};

  function wake(organizationId: string): void {
    if (stopped) return;
    woken.add(organizationId);
    reading ??= readWoken();
  }

  function wakeLater(organizationId: string, ms: number): void {
    if (stopped) return;
    clearTimeout(timers.get(organizationId));
    const timer = setTimeout(() => {
      timers.delete(organizationId);
      wake(organizationId);
    }, ms);
    timers.set(organizationId, timer.unref());
  }

  async function wakeAll(): Promise<void> {
    try {
      for (const organizationId of await organizationsOf(database, name)) wake(organizationId);
    } catch (error) {
      log.warn({ err: error, reader: name }, 'the organizations of an event reader could not be read');
    }
  }

  async function readWoken(): Promise<void> {
    // Organizations that are woken in the same turn are read in one loop.
    await Promise.resolve();
    for (const organizationId of woken) {
      woken.delete(organizationId);
      try {
        const { more, pending } = await readOn(organizationId);
        if (more) wake(organizationId);
        else if (pending) wakeLater(organizationId, pendingMs);
      } catch (error) {
        log.error({ err: error, reader: name, organizationId }, 'an event reader failed; it reads the same events again');
        // A lost connection may be the fault of one organization's events. Only while the database does not answer at all, the poll tries again for all.
        if (error instanceof UnavailableError && !(await answers())) woken.clear();
        else wakeLater(organizationId, retryMs);
      }
    }
    reading = null;
  }

  async function answers(): Promise<boolean> {
    try {
      await database.query({ label: 'event_reader_probe', text: 'select 1' });
      return true;
    } catch {
      return false;
    }
  }

  function readOn(organizationId: string): Promise<{ more: boolean; pending: boolean }> {
    return database.transaction(async (tx) => {
      const position = await lockPosition(tx, organizationId, name);
      if (position === null) return { more: false, pending: false };
      const [read] = await readFeeds(tx, [{ organizationId, position }], batchSize);
      if (read === undefined) return { more: false, pending: false };
      if (position.transactionId < position.purgedBefore) {
        const message = 'events were purged before an event reader read them: it continues with the first kept event';
        return skip(tx, organizationId, position, { transactionId: position.purgedBefore, id: 0 }, message);
      }
      if (!read.isKnown) {
        const message = 'an event reader is ahead of a restored database: it continues after the last event before its position';
        return skip(tx, organizationId, position, await lastKnown(tx, organizationId, position), message);
      }
      const last = read.events.at(-1);
      if (last === undefined) return { more: false, pending: read.pending };
      await handle(tx, organizationId, read.events);
      await savePosition(tx, organizationId, name, last);
      return read;
    });
  }

  async function skip(tx: Transaction, organizationId: string, from: EventPosition, to: EventPosition, message: string) {
    log.error({ reader: name, organizationId, from, to }, message);
    await savePosition(tx, organizationId, name, to);
    return { more: true, pending: false };
  }

  return {
    async start() {
      stopped = false;
      poll = setInterval(() => void wakeAll(), pollMs).unref();
      // `begun` runs after each new connection: notifications may have been lost before it.
      stopListening = await database.listen([eventsChannel], {
        begun: () => void wakeAll(),
        heard: (_channel, organizationId) => wake(organizationId),
      });
    },
    async stop() {
      stopped = true;
      clearInterval(poll);
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      woken.clear();
      await stopListening();
      await reading;
    },
  };
}

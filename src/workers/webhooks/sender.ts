import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../../database/database.ts';
import { webhooksChannel } from '../../modules/event/store/channels.ts';
import { type ClaimedDelivery, claimDeliveries, mostRequests, nextDueMs } from '../../modules/webhook/commands/claim-deliveries.ts';
import { finishDelivery } from '../../modules/webhook/commands/finish-delivery.ts';
import { purgeDeliveries } from '../../modules/webhook/commands/purge-deliveries.ts';
import type { Worker } from '../worker.ts';
import { type AttemptParts, attempt } from './attempt.ts';

/** A lost notification, or a delivery of a gateway that was killed, waits at most this time longer. */
const pollMs = 5_000;
const purgeMs = 60 * 60 * 1_000;
/** The part of the grace that is left to store the results of requests that the stop ends. */
const reserveMs = 1_000;

export interface Timing extends Pick<AttemptParts, 'random'> {
  /** Returns the milliseconds that the sender's clock is ahead of the database's. */
  aheadMs: () => number;
}

interface SenderParts extends AttemptParts, Timing {
  /** The time that requests have to end after the stop begins. */
  graceMs: number;
}

/** Sends due deliveries of webhooks. Any number of gateways may do so at once. */
export function webhookSender(database: Database, log: Logger, parts: SenderParts): Worker {
  const sending = new Map<ClaimedDelivery, Promise<void>>();
  let stopped = new AbortController();
  let aborted = new AbortController();
  let pass: Promise<void> | null = null;
  let wokenMeanwhile = false;
  let timers: NodeJS.Timeout[] = [];
  let nextDue: NodeJS.Timeout | undefined;
  let purging: Promise<void> = Promise.resolve();
  let stopListening = async () => {};

  function wake(): void {
    wokenMeanwhile = true;
    if (!stopped.signal.aborted) pass ??= passes();
  }

  async function passes(): Promise<void> {
    try {
      while (wokenMeanwhile && !stopped.signal.aborted) {
        wokenMeanwhile = false;
        await claim();
      }
    } catch (error) {
      log.warn({ err: error }, 'due webhooks could not be read; they are read again within seconds');
    }
    pass = null;
  }

  async function claim(): Promise<void> {
    const aheadMs = parts.aheadMs();
    if (sending.size >= mostRequests.total) return;
    const claimed = await claimDeliveries(database, { sending: [...sending.keys()], aheadMs });
    for (const each of claimed) sending.set(each, sendOne(each));
    if (claimed.length > 0) return;
    const ms = await nextDueMs(database, aheadMs);
    clearTimeout(nextDue);
    // One that is due now waits for a request of this gateway, or is another gateway's.
    if (ms !== null && ms > 0) nextDue = setTimeout(wake, Math.min(ms + 1, 2 ** 31 - 1)).unref();
  }

  async function sendOne(claimed: ClaimedDelivery): Promise<void> {
    const { organizationId, endpointId, id } = claimed;
    try {
      const result = await attempt(claimed, parts, log, aborted.signal);
      const disabled = await finishDelivery(database, claimed, result, parts.aheadMs());
      const entry = { organizationId, endpointId, deliveryId: id, error: result.error, httpStatus: result.httpStatus };
      if (result.status === 'FAILED') log.warn(entry, 'a webhook was not delivered');
      if (disabled !== null) log.error({ ...entry, reason: disabled }, 'a webhook endpoint was disabled');
    } catch (error) {
      log.error(
        { err: error, organizationId, deliveryId: id },
        'the result of a webhook could not be stored; it is sent again after its lease',
      );
    } finally {
      sending.delete(claimed);
      wake();
    }
  }

  function purge(): void {
    purging = purgeDeliveries(database, stopped.signal).catch((error: unknown) => {
      log.warn({ err: error }, 'old webhook deliveries could not be deleted; it is tried again within an hour');
    });
  }

  return {
    async start() {
      stopped = new AbortController();
      aborted = new AbortController();
      timers = [setInterval(wake, pollMs).unref(), setInterval(purge, purgeMs).unref()];
      purge();
      stopListening = await database.listen([webhooksChannel], { begun: wake, heard: wake });
    },
    async stop() {
      stopped.abort();
      for (const timer of timers) clearInterval(timer);
      clearTimeout(nextDue);
      await stopListening();
      await pass;
      const ended = Promise.all(sending.values());
      await Promise.race([ended, delay(Math.max(0, parts.graceMs - reserveMs), null, { ref: false })]);
      aborted.abort();
      await ended;
      await purging;
    },
  };
}

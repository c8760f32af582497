import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { whileAlone } from '../database/while-alone.ts';
import { retentionChannel } from '../modules/event/store/channels.ts';
import { clearExpiredTokens } from '../modules/message/search-tokens/clear-expired-tokens.ts';
import { saltTokens } from '../modules/message/search-tokens/salt-tokens.ts';
import type { Worker } from './worker.ts';

const everyMs = 60 * 60 * 1_000;
/** The advisory lock of this work, so that one gateway does it at a time. */
export const searchTokensLock = 72_707_370;

/**
 * Salts the search tokens that an earlier release wrote, and clears the tokens of messages past their retention window. It runs at its start, every hour, and
 * after each change of a window by any gateway or command on this database.
 */
export function searchTokensWorker(database: Database, log: Logger): Worker {
  let stopped = new AbortController();
  let running: Promise<void> | null = null;
  let wokenMeanwhile = false;
  let timer: NodeJS.Timeout | undefined;
  let stopListening = async () => {};

  async function pass(): Promise<void> {
    try {
      await whileAlone(database, searchTokensLock, async (session) => {
        await saltTokens(session, stopped.signal);
        await clearExpiredTokens(session, stopped.signal);
      });
    } catch (error) {
      log.error({ err: error }, 'work on search tokens failed; it is tried again within an hour');
    }
  }

  async function passes(): Promise<void> {
    do {
      wokenMeanwhile = false;
      await pass();
    } while (wokenMeanwhile && !stopped.signal.aborted);
    running = null;
  }

  function wake(): void {
    wokenMeanwhile = true;
    if (!stopped.signal.aborted) running ??= passes();
  }

  return {
    async start() {
      stopped = new AbortController();
      timer = setInterval(wake, everyMs).unref();
      // Also after a lost connection: a change of a window may have been missed meanwhile.
      stopListening = await database.listen([retentionChannel], { begun: wake, heard: wake });
    },
    async stop() {
      stopped.abort();
      clearInterval(timer);
      await stopListening();
      await running;
    },
  };
}

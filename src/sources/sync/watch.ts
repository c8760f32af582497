import type { Database } from '../../database/database.ts';
import { UnavailableError } from '../../errors.ts';
import { UnreachableError } from './failures.ts';
import { type SyncOptions, type SyncResult, sync } from './sync.ts';

/**
 * Repeats the copy until the signal is aborted, the first time fully if that is wanted. A source or a database that does not answer is tried again, but not at
 * the first time. @param onRun called after each run. @returns the sums of all runs, with the holes of the last one. @throws OperatorError
 */
export async function watch(
  database: Database,
  options: SyncOptions,
  seconds: number,
  onRun: (result: SyncResult) => void,
): Promise<SyncResult> {
  const { signal, timing, onNote } = options;
  let total: SyncResult | null = null;
  for (;;) {
    try {
      const result: SyncResult = await sync(database, { ...options, full: options.full && total === null });
      total = total === null ? result : added(total, result);
      onRun(result);
    } catch (error) {
      const mayPass = error instanceof UnreachableError || error instanceof UnavailableError;
      if (total === null || !mayPass) throw error;
      onNote(`${(error as Error).message}; tried again in ${seconds} s`);
    }
    await timing.delay(seconds * 1_000, signal).catch(() => {});
    if (signal.aborted) return { ...total, interrupted: true };
  }
}

function added(total: SyncResult, { holes, completeThrough, ...more }: SyncResult): SyncResult {
  return {
    read: total.read + more.read,
    imported: total.imported + more.imported,
    updated: total.updated + more.updated,
    skipped: total.skipped + more.skipped,
    conversations: total.conversations + more.conversations,
    requests: total.requests + more.requests,
    interrupted: more.interrupted,
    holes,
    completeThrough,
  };
}

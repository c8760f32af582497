import { setTimeout } from 'node:timers/promises';
import type { Queryable } from '../../../database/database.ts';
import { UnavailableError } from '../../../errors.ts';

/** Between tries; the last one again and again. */
const delaysMs = [50, 200, 500];

/**
 * For statements that only read: tried again where the database did not answer, until it does or streams are ended, so that a stream outlives however long
 * it is away and no event goes out without what it names.
 */
export function patient(database: Queryable, ended: AbortSignal): Queryable {
  return {
    query: async (statement) => {
      for (let tries = 0; ; tries++) {
        try {
          return await database.query(statement);
        } catch (error) {
          if (!(error instanceof UnavailableError) || ended.aborted) throw error;
        }
        await setTimeout(delaysMs[Math.min(tries, delaysMs.length - 1)]);
      }
    },
  };
}

import { setTimeout } from 'node:timers/promises';
import type { Queryable } from '../../../database/database.ts';
import { UnavailableError } from '../../../errors.ts';

const delaysMs = [50, 200, 1_000, 3_000];

/** For statements that only read: tried again where the database did not answer, so that a stream outlives a lost connection. */
export function patient(database: Queryable): Queryable {
  return {
    query: async (statement) => {
      for (const delay of delaysMs) {
        try {
          return await database.query(statement);
        } catch (error) {
          if (!(error instanceof UnavailableError)) throw error;
        }
        await setTimeout(delay);
      }
      return database.query(statement);
    },
  };
}

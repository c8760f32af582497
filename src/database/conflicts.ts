import { setTimeout } from 'node:timers/promises';
import { UnavailableError } from '../errors.ts';

/** Deadlock and serialization failure, and the code that Prisma gives to both. */
const conflicts = ['40P01', '40001', 'P2034'];
const attempts = 4;
const longestPauseMs = 100;

/** Returns true if PostgreSQL ended a transaction because it conflicts with another one. The same work may succeed when it is done again. */
export function isConflict(error: unknown): boolean {
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
  return conflicts.includes(String(code)) || (cause !== undefined && isConflict(cause));
}

/** Repeats a transaction, or a statement outside one, that conflicts with others: it has changed nothing. @throws UnavailableError if it conflicts each time */
export async function repeated<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (attempt === attempts) throw new UnavailableError('a transaction conflicts with others each time', { cause: error });
      await setTimeout(Math.random() * longestPauseMs * attempt);
    }
  }
}

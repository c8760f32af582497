import { statfsSync } from 'node:fs';
import { ParleyError, UnavailableError } from '../errors.ts';

/** Space that stays free for the log of changes, of which a write may begin four segments of 16 MiB. Without space for a segment the server panics. */
const reservedBytes = 64 * 1024 * 1024;

/** PostgreSQL's code for a statement that found no space on the disk. */
export const diskFull = '53100';

/** The disk of the embedded database. While it is nearly full, the database is read-only. */
export class DiskSpace {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get isNearlyFull(): boolean {
    const { bavail, bsize } = statfsSync(this.#folder);
    return bavail * bsize < reservedBytes;
  }

  /** Maps the error of a statement or a transaction for which the disk was too full. */
  explain(error: unknown, wasReadOnly: boolean): unknown {
    if (error instanceof ParleyError || error instanceof UnavailableError) return error;
    // Prisma hides the code of an error. In a read-only transaction, the only one to expect is that it cannot write.
    const isFull = wasReadOnly || (error as { code?: string }).code === diskFull;
    const message = `the disk of the embedded database (${this.#folder}) is nearly full: free at least ${reservedBytes / 2 ** 20} MiB`;
    return isFull ? new UnavailableError(message, { cause: error }) : error;
  }
}

import { join } from 'node:path';
import type { PGlite, Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import type { Logger } from 'pino';
import { OperatorError } from '../errors.ts';
import type { Statement } from './database.ts';
import { DiskSpace } from './disk-space.ts';
import { type Driver, type DriverSession, type DriverTransaction, int8 } from './driver.ts';
import { GuardedPGlite } from './guarded-pglite.ts';
import { lockFolder } from './lock.ts';
import { makePrivate, openPrivateFolder } from './private-folder.ts';

const timestamptzOid = 1184;

const parsers = {
  [int8.oid]: int8.parse,
  [int8.arrayOid]: (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(Number),
  // Always UTC, written in ISO form: in PostgreSQL's form, JavaScript reads a year before 100 as 19xx or 20xx.
  [timestamptzOid]: (text: string) => new Date(`${text.slice(0, -3).replace(' ', 'T')}Z`),
};

/**
 * Opens the database embedded in a folder that only this user can read, for this process alone.
 * @throws OperatorError if another process holds it, another user owns it, or it cannot be opened
 */
export async function openEmbedded(dataDir: string, log: Logger): Promise<Driver> {
  const folderWasOpen = await openPrivateFolder(dataDir);
  const unlock = lockFolder(dataDir);
  try {
    const files = join(dataDir, 'pgdata');
    const corrected = (await makePrivate(files)) + (folderWasOpen ? 1 : 0);
    if (corrected > 0) log.warn({ dataDir, corrected }, 'other users had rights to files of the embedded database: they have none now');
    const db = new GuardedPGlite({ dataDir: files, parsers });
    await db.waitReady;
    // PGlite gives everybody rights to the files that it writes when it opens a database; later files are private.
    await makePrivate(files);
    // One process and one session: parallel workers would only cost time.
    await db.exec("set timezone = 'UTC'; set max_parallel_workers_per_gather = 0");
    return driverOn(db, new DiskSpace(dataDir), async () => {
      // When it closes, PGlite writes files that everybody may read.
      await makePrivate(files);
      unlock();
    });
  } catch (error) {
    unlock();
    throw new OperatorError(`the embedded database in ${dataDir} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
}

function driverOn(db: GuardedPGlite, disk: DiskSpace, release: () => Promise<void>): Driver {
  const transaction = async <Result>(work: (tx: PGliteTransaction) => Promise<Result>): Promise<Result> => {
    let readOnly = false;
    try {
      return await db.transaction(async (tx) => {
        readOnly = disk.isNearlyFull;
        if (readOnly) await tx.query('set transaction read only');
        return work(tx);
      });
    } catch (error) {
      throw disk.explain(error, readOnly);
    }
  };
  const query = async <Row extends object>(statement: Statement): Promise<Row[]> => {
    if (disk.isNearlyFull) return transaction((tx) => run<Row>(tx, statement));
    return run<Row>(db, statement).catch((error: unknown) => {
      throw disk.explain(error, false);
    });
  };
  const session: DriverSession = { query, transaction: (work) => transaction((tx) => work(transactionOn(tx))) };
  return {
    kind: 'embedded',
    adapter: new PrismaPGlite(db),
    ...session,
    // One session serves everybody in the order of their statements, and PGlite cannot interrupt a statement.
    for: () => session,
    session: (work) => work(session),
    listen: async (channels, listener) => {
      const stops = await Promise.all(channels.map((channel) => db.listen(channel, (payload) => listener.heard(channel, payload))));
      listener.begun();
      return async () => {
        for (const stop of stops) await stop();
      };
    },
    poolUse: () => null,
    ready: async () => {
      await db.query('select 1');
      return 'ready';
    },
    close: async () => {
      if (!db.hasPanicked) await db.close();
      await release();
    },
  };
}

function transactionOn(tx: PGliteTransaction): DriverTransaction {
  return {
    query: (statement) => run(tx, statement),
    script: async (text) => void (await tx.exec(text)),
    // Prisma calls only what a transaction of PGlite has.
    prisma: () => new PrismaPGlite(tx as unknown as PGlite).connect(),
  };
}

async function run<Row extends object>(db: PGlite | PGliteTransaction, { text, values = [] }: Statement): Promise<Row[]> {
  try {
    return (await db.query<Row>(text, [...values])).rows;
  } catch (error) {
    // PGlite adds the values to its errors: content, which must not be logged.
    delete (error as { params?: unknown }).params;
    throw error;
  }
}

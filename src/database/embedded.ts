import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { OperatorError } from '../errors.ts';
import type { Statement, Transaction } from './database.ts';
import { type Driver, int8 } from './driver.ts';
import { lockFolder } from './lock.ts';

const timestamptzOid = 1184;

const parsers = {
  [int8.oid]: int8.parse,
  [int8.arrayOid]: (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(Number),
  // In UTC, always; as it stands, JavaScript would take a year before 100 for one of 19xx or 20xx.
  [timestamptzOid]: (text: string) => new Date(`${text.slice(0, -3).replace(' ', 'T')}Z`),
};

/** Opens the database embedded in a folder, alone. @throws OperatorError where another process holds it or it cannot be opened */
export async function openEmbedded(dataDir: string): Promise<Driver> {
  await mkdir(dataDir, { recursive: true }).catch((error: Error) => {
    throw new OperatorError(`DATA_DIR ${dataDir} cannot be made: ${error.message}`);
  });
  const unlock = lockFolder(dataDir);
  try {
    const db = await PGlite.create({ dataDir: join(dataDir, 'pgdata'), parsers });
    // One process, one session: workers to gather from would only cost.
    await db.exec("set timezone = 'UTC'; set max_parallel_workers_per_gather = 0");
    return driverOn(db, unlock);
  } catch (error) {
    unlock();
    throw new OperatorError(`the embedded database in ${dataDir} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
}

function driverOn(db: PGlite, unlock: () => void): Driver {
  const session = {
    query: <Row extends object>(statement: Statement) => run<Row>(db, statement),
    transaction: <Result>(work: (tx: Transaction) => Promise<Result>) =>
      db.transaction((tx) => work({ query: (statement) => run(tx, statement), script: async (text) => void (await tx.exec(text)) })),
  };
  return {
    kind: 'embedded',
    adapter: new PrismaPGlite(db),
    ...session,
    session: (work) => work(session),
    listen: async (channels, listener) => {
      const stops = await Promise.all(channels.map((channel) => db.listen(channel, (payload) => listener.heard(channel, payload))));
      listener.begun();
      return async () => {
        for (const stop of stops) await stop();
      };
    },
    close: async () => {
      await db.close();
      unlock();
    },
  };
}

async function run<Row extends object>(db: PGlite | PGliteTransaction, { text, values = [] }: Statement): Promise<Row[]> {
  try {
    return (await db.query<Row>(text, [...values])).rows;
  } catch (error) {
    // PGlite hangs the values on its errors; content must not reach a log.
    delete (error as { params?: unknown }).params;
    throw error;
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import type { DatabaseConfig } from '../config.ts';
import type { StatementCounter } from './caller.ts';
import { repeated } from './conflicts.ts';
import type { Database, Queryable, RequestDatabase, Statement, Transaction } from './database.ts';
import type { Driver, DriverSession, DriverTransaction } from './driver.ts';
import { Prisma } from './prisma.ts';
import { logStatement } from './statement-log.ts';

interface ServerOptions {
  /** Connections to PostgreSQL that requests share. */
  pool: number;
  /** PostgreSQL cancels a statement outside a session after these milliseconds; 0 is no limit. */
  statementTimeoutMs: number;
}

/** A command runs few statements, and may run them for as long as it needs. */
const ofCommand: ServerOptions = { pool: 10, statementTimeoutMs: 0 };

/** Connects to the database without checking its schema. The embedded database has no options. @throws OperatorError with one line on what to fix */
export async function openDatabase(config: DatabaseConfig, log: Logger, options = ofCommand): Promise<Database> {
  return databaseOn(await openDriver(config, log, options), log);
}

/** Loads only the driver that it opens. */
async function openDriver(config: DatabaseConfig, log: Logger, { pool, statementTimeoutMs }: ServerOptions): Promise<Driver> {
  if ('url' in config) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(config.url, pool, statementTimeoutMs);
  }
  const { openEmbedded } = await import('./embedded.ts');
  return openEmbedded(config.dataDir, log);
}

function databaseOn(driver: Driver, log: Logger): Database {
  const prisma = new Prisma(driver.adapter, log);
  const inTransaction = new AsyncLocalStorage<true>();
  const mustBeOutside = () => {
    if (inTransaction.getStore()) throw new Error('inside a transaction only its own handle may be used');
  };
  const runIn = async <Result>(
    tx: DriverTransaction,
    work: (tx: Transaction) => Promise<Result>,
    counter?: StatementCounter,
  ): Promise<Result> => {
    const inside = prisma.inside(() => tx.prisma(), counter);
    try {
      return await work({ query: logged(tx, log, counter), script: (text) => tx.script(text), prisma: inside.models });
    } finally {
      await inside.end();
    }
  };
  const transactionOn =
    (session: DriverSession, counter?: StatementCounter) =>
    <Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> => {
      mustBeOutside();
      return repeated(() => session.transaction((tx) => inTransaction.run(true, () => runIn(tx, work, counter))));
    };
  const handleOn = (session: DriverSession, counter?: StatementCounter): RequestDatabase => {
    const query = logged(session, log, counter);
    return {
      query: (statement) => {
        mustBeOutside();
        return repeated(() => query(statement));
      },
      transaction: transactionOn(session, counter),
    };
  };
  return {
    ...handleOn(driver),
    kind: driver.kind,
    get prisma() {
      mustBeOutside();
      return prisma.models;
    },
    for: (caller) => handleOn(driver.for(caller), caller.counter),
    session: (work) => driver.session((session) => work({ query: logged(session, log), transaction: transactionOn(session) })),
    listen: (channels, { begun, heard }) => {
      // The embedded database calls listeners in the async context of the transaction that notified them. They must run outside of that transaction.
      const outside = inTransaction.exit(() => AsyncLocalStorage.snapshot());
      return driver.listen(channels, { begun: () => outside(begun), heard: (...notification) => outside(heard, ...notification) });
    },
    poolUse: () => driver.poolUse(),
    ready: () => driver.ready(),
    close: async () => {
      await prisma.close();
      await driver.close();
    },
  };
}

/** Runs statements, counts them for their request, and at level debug logs each of them. */
function logged(target: Queryable, log: Logger, counter?: StatementCounter): Queryable['query'] {
  return async <Row extends object>(statement: Statement) => {
    const begun = performance.now();
    const rows = await target.query<Row>(statement);
    logStatement(log, { label: statement.label, rows: rows.length, begun }, counter);
    return rows;
  };
}

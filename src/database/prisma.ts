import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client';
import type { Logger } from 'pino';
import { PrismaClient } from '../generated/prisma/client.ts';
import type { StatementCounter } from './caller.ts';
import { logStatement } from './statement-log.ts';

/** Prisma's models: `prisma.agent.findUnique(…)`. Without Prisma's raw SQL and its own transactions, which would run on another connection. */
export type PrismaModels = Omit<PrismaClient, `$${string}` | symbol>;

type SqlAdapter = Awaited<ReturnType<SqlDriverAdapterFactory['connect']>>;
/** The connection on which Prisma runs its statements. */
export type SqlRunner = Pick<SqlAdapter, 'provider' | 'adapterName' | 'queryRaw' | 'executeRaw'>;

/** Prisma's models on the connection of one transaction. */
interface PrismaInTransaction {
  readonly models: PrismaModels;
  /** Ends Prisma's part, which neither commits nor rolls back. */
  end(): Promise<void>;
}

/** Prisma would end a transaction after 5 seconds. The database limits the time of ours. */
const unlimited = { timeout: 2 ** 31 - 1, maxWait: 2 ** 31 - 1 };

/** One Prisma client for the process, over the gateway's own connections. */
export class Prisma {
  readonly #client: PrismaClient;
  readonly #log: Logger;
  /** The connection that the next transaction of Prisma's adopts. */
  readonly #adopted = new AsyncLocalStorage<{ runner: SqlRunner; counter: StatementCounter | undefined }>();

  /** `adapter` runs the statements outside transactions. */
  constructor(adapter: SqlDriverAdapterFactory, log: Logger) {
    this.#log = log;
    // Minimal: the messages of errors do not quote the arguments of the call.
    this.#client = new PrismaClient({ adapter: this.#adopting(adapter), errorFormat: 'minimal' });
  }

  /** The models outside transactions. */
  get models(): PrismaModels {
    return this.#client;
  }

  /** The models inside a transaction that has begun. Prisma is started by the first call: a transaction without one pays nothing. */
  inside(connect: () => Promise<SqlRunner>, counter?: StatementCounter): PrismaInTransaction {
    const ended = Promise.withResolvers<void>();
    let running: Promise<void> | undefined;
    let started: Promise<PrismaModels> | undefined;
    const start = async () => {
      const runner = await connect();
      const { promise, resolve, reject } = Promise.withResolvers<PrismaModels>();
      const work = (models: PrismaModels) => {
        resolve(models);
        return ended.promise;
      };
      running = this.#adopted.run({ runner, counter }, () => this.#client.$transaction(work, unlimited)).catch(reject);
      return promise;
    };
    return {
      models: lazyModels(() => (started ??= start())),
      end: async () => {
        ended.resolve();
        await running;
      },
    };
  }

  close(): Promise<void> {
    return this.#client.$disconnect();
  }

  /** Returns the same adapter, but its transactions are ours: they run on our connection, and we commit or roll back. */
  #adopting(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
    const { provider, adapterName } = factory;
    return {
      provider,
      adapterName,
      connect: async () => {
        const adapter = await factory.connect();
        return {
          ...logged(adapter, this.#log),
          executeScript: (script) => adapter.executeScript(script),
          getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: true },
          dispose: () => adapter.dispose(),
          // The connection is chosen here, once for each transaction: Prisma batches the statements of one tick, even those of different contexts.
          startTransaction: async () => {
            const adopted = this.#adopted.getStore();
            if (adopted === undefined) throw new Error('Prisma may not begin a transaction: use the transaction of the database');
            const { runner, counter } = adopted;
            return {
              ...logged(runner, this.#log, counter),
              options: { usePhantomQuery: true },
              commit: async () => {},
              rollback: async () => {},
            };
          },
        };
      },
    };
  }
}

/** Models that wait for Prisma to start at each call. */
function lazyModels(start: () => Promise<PrismaModels>): PrismaModels {
  const operations = (model: string) =>
    new Proxy({}, { get: (_, operation: string) => async (args: unknown) => operationOf(await start(), model, operation)(args) });
  // Every property of the type is a model, and every property of a model a function.
  return new Proxy({}, { get: (_, model: string) => operations(model) }) as PrismaModels;
}

function operationOf(models: PrismaModels, model: string, operation: string): (args: unknown) => Promise<unknown> {
  return (models as unknown as Record<string, Record<string, (args: unknown) => Promise<unknown>>>)[model]?.[operation] as never;
}

/** Returns true if a statement of Prisma refers to a row that does not exist. Its transaction can run no more statements. */
export function isForeignKeyViolation(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'P2003';
}

/** The name of a statement of Prisma's in logs and among prepared statements, such as `prisma_select_agents`. */
export function labelOf(sql: string): string {
  const verb = /^\w+/.exec(sql)?.[0].toLowerCase();
  const table = /"public"\."(\w+)"/.exec(sql)?.[1];
  return `prisma_${verb}_${table}`;
}

/** Runs statements, and counts and logs them as `open.ts` does. */
function logged(runner: SqlRunner, log: Logger, counter?: StatementCounter): SqlRunner {
  const { provider, adapterName } = runner;
  const done = (sql: string, rows: number, begun: number) => logStatement(log, { label: labelOf(sql), rows, begun }, counter);
  return {
    provider,
    adapterName,
    queryRaw: async (query) => {
      const begun = performance.now();
      const result = await runner.queryRaw(query);
      done(query.sql, result.rows.length, begun);
      return result;
    },
    executeRaw: async (query) => {
      const begun = performance.now();
      const rows = await runner.executeRaw(query);
      done(query.sql, rows, begun);
      return rows;
    },
  };
}

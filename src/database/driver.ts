import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client';
import type { CallerOptions } from './caller.ts';
import type { Listener, PoolUse, Queryable, ReadyState } from './database.ts';
import type { SqlRunner } from './prisma.ts';

export interface DriverTransaction extends Queryable {
  script(text: string): Promise<void>;
  /** Connects Prisma to the connection of this transaction. */
  prisma(): Promise<SqlRunner>;
}

export interface DriverSession extends Queryable {
  transaction<Result>(work: (tx: DriverTransaction) => Promise<Result>): Promise<Result>;
}

/** The differences between PostgreSQL and PGlite, and nothing more. */
export interface Driver extends DriverSession {
  readonly kind: 'postgres' | 'embedded';
  /** Prisma's statements outside transactions, over the same connections. */
  readonly adapter: SqlDriverAdapterFactory;
  /** The same for one caller: see `Database`. */
  for(caller: CallerOptions): DriverSession;
  session<Result>(work: (session: DriverSession) => Promise<Result>): Promise<Result>;
  listen(channels: readonly string[], listener: Listener): Promise<() => Promise<void>>;
  /** Null on the embedded database. */
  poolUse(): PoolUse | null;
  /** See `Database`. */
  ready(): Promise<ReadyState>;
  close(): Promise<void>;
}

/** int8 as number: ids and counts end at 2^53-1 here. Prisma keeps its own parsers. */
export const int8 = { oid: 20, arrayOid: 1016, parse: Number };

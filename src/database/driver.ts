import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client';
import type { CallerOptions } from './caller.ts';
import type { Listener, Session } from './database.ts';

/** The differences between PostgreSQL and PGlite, and nothing more. */
export interface Driver extends Session {
  readonly kind: 'postgres' | 'embedded';
  /** Prisma's access to the same connections. */
  readonly adapter: SqlDriverAdapterFactory;
  /** The same for one caller: see `Database`. */
  for(caller: CallerOptions): Session;
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  listen(channels: readonly string[], listener: Listener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** int8 as number: ids and counts end at 2^53-1 here. Prisma keeps its own parsers. */
export const int8 = { oid: 20, arrayOid: 1016, parse: Number };

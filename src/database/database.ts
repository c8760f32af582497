import type { CallerOptions } from './caller.ts';
import type { PrismaModels } from './prisma.ts';

/** One SQL statement. `label` names it in logs and among prepared statements; `values` fill $1, $2, …; a jsonb value is passed as its JSON text. */
export interface Statement {
  label: string;
  text: string;
  values?: readonly unknown[];
  /** True: planned for its values at each use, because one plan would be bad for many values. */
  replanned?: boolean;
  /** True: clients can make many texts of it, by what they select, filter or set. See `PreparedNames`. */
  shaped?: boolean;
  /** True: it reads rows by key, or a page in the order of an index. Light statements that a caller starts together share a connection and a round trip. */
  light?: boolean;
}

export interface Queryable {
  /** Runs one statement. Timestamps come as Date, bigint as number. */
  query<Row extends object>(statement: Statement): Promise<Row[]>;
}

/** The models of Prisma's client. They read or write one row of one model by its key, with values that are known here; SQL does everything else. */
export interface Models {
  readonly prisma: PrismaModels;
}

/** One transaction: its statements and those of its models run on one connection, and are committed or rolled back together. */
export interface Transaction extends Queryable, Models {
  /** Several statements in one text, without values. */
  script(text: string): Promise<void>;
}

/** One connection. Its temporary tables last as long as the session. */
export interface Session extends Queryable {
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
}

/** Receives the notifications of transactions that have committed. */
export interface Listener {
  /** Called when listening begins, and again after a lost connection: notifications before it were not received. */
  begun(): void;
  heard(channel: string, payload: string): void;
}

/** The database for commands and resolvers. */
export interface RequestDatabase extends Queryable {
  /** `work` is repeated if the transaction conflicts with others, so it may change nothing but the database. Inside `work` only `tx` may be used: the handle itself and `prisma` throw there, since they would deadlock or run outside it. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
}

/** The connections of the pool, and the statements that wait for one. */
export interface PoolUse {
  size: number;
  inUse: number;
  waiting: number;
}

/** `busy`: the database answers, but every connection of this process stays in use. `unreachable`: the database does not answer. */
export type ReadyState = 'ready' | 'busy' | 'unreachable';

/** PostgreSQL or PGlite, the same to everything above. Statements on this handle are the gateway's own work: they do not wait for those of callers. */
export interface Database extends RequestDatabase, Models {
  readonly kind: 'postgres' | 'embedded';
  /**
   * A handle for one caller. On PostgreSQL its statements share the pool fairly with those of other callers and organizations. When the client disconnects,
   * the handle cancels statements that wait or run, rolls back open transactions, and throws DisconnectedError. The embedded database does neither.
   */
  for(caller: CallerOptions): RequestDatabase;
  /** Runs `work` on one connection, without the statement timeout. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Listens for notifications, and connects again if the connection is lost. @returns after the first attempt: a function that stops listening */
  listen(channels: readonly string[], listener: Listener): Promise<() => Promise<void>>;
  /** Returns the connections of the pool; null on the embedded database, which has one. */
  poolUse(): PoolUse | null;
  /** Asks the database, on a connection that no request uses, and then for a connection of the pool. Questions at the same time share an answer. */
  ready(): Promise<ReadyState>;
  close(): Promise<void>;
}

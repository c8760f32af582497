import type pg from 'pg';
import { DisconnectedError } from '../errors.ts';
import type { Caller } from './caller.ts';
import { ConnectionQueue } from './connection-queue.ts';
import type { PoolUse, Statement } from './database.ts';
import { ConnectionLostError, queryCanceled, unavailable } from './postgres-errors.ts';
import { type Prepared, PreparedBatch, type Shape, shapeOf } from './prepared-batch.ts';
import { PreparedNames } from './prepared-names.ts';
import type { QueueLimits } from './queue-limits.ts';

/** A value of PostgreSQL's `plan_cache_mode`. */
type Planning = 'auto' | 'force_generic_plan';

/**
 * The planning of new connections. For most lists PostgreSQL would otherwise keep planning prepared statements anew, because it expects a better plan for their
 * values. Planning takes longer than reading a page.
 */
export const defaultPlanning: Planning = 'force_generic_plan';

/** The pool behind the queue that shares it. */
export class Connections {
  /** The same for all connections: each prepares at most these. */
  readonly preparedNames = new PreparedNames();
  /** The planning that connections were last set to; absent: `defaultPlanning`. */
  readonly plannings = new WeakMap<pg.PoolClient, Planning>();
  readonly #shapes = new WeakMap<pg.PoolClient, Map<string, Shape>>();
  readonly #pool: pg.Pool;
  readonly #queue: ConnectionQueue;

  constructor(pool: pg.Pool, limits: QueueLimits) {
    this.#pool = pool;
    this.#queue = new ConnectionQueue(limits);
  }

  /** Runs `work` on one connection. `caller` is null for the gateway's own work. @throws UnavailableError if no connection becomes free in time */
  async use<Result>(caller: Caller | null, work: (connection: Connection) => Promise<Result>): Promise<Result> {
    const giveBack = await this.#queue.take(caller);
    try {
      return await this.#onClient((client) => work(new Connection(client, caller, this)));
    } finally {
      giveBack();
    }
  }

  /** Returns the columns of the statements that a connection has prepared, by their names. */
  shapesOf(client: pg.PoolClient): Map<string, Shape> {
    const shapes = this.#shapes.get(client) ?? new Map<string, Shape>();
    this.#shapes.set(client, shapes);
    return shapes;
  }

  get poolUse(): PoolUse {
    return this.#queue.use;
  }

  async #onClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    // The pool does not listen for errors of a client that is in use.
    const ignore = () => {};
    client.on('error', ignore);
    let lost = false;
    try {
      return await work(client);
    } catch (error) {
      lost = error instanceof ConnectionLostError;
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(lost);
    }
  }
}

/** One connection while one caller uses it. */
export class Connection {
  readonly #client: pg.PoolClient;
  readonly #caller: Caller | null;
  readonly #connections: Connections;
  readonly #shapes: Map<string, Shape>;

  constructor(client: pg.PoolClient, caller: Caller | null, connections: Connections) {
    this.#client = client;
    this.#caller = caller;
    this.#connections = connections;
    this.#shapes = connections.shapesOf(client);
  }

  /** The name under which the connection prepares a statement; undefined if it does not. */
  nameOf(statement: Statement): string | undefined {
    return this.#connections.preparedNames.of(statement);
  }

  /** Runs a statement, which is canceled when the client of the caller disconnects. @throws UnavailableError, DisconnectedError */
  async query(config: pg.QueryConfig): Promise<pg.QueryResult> {
    const result = await this.#interruptibly(() => this.#client.query(config));
    if (config.name !== undefined) {
      this.#shapes.set(
        config.name,
        shapeOf(result.fields, (oid) => this.#client.getTypeParser(oid)),
      );
    }
    return result;
  }

  /** Returns a statement under its name; null if this connection has not prepared it. */
  prepared(name: string | undefined, { values = [] }: Statement): Prepared | null {
    const shape = name === undefined ? undefined : this.#shapes.get(name);
    return name === undefined || shape === undefined ? null : { name, values, shape };
  }

  /** Runs prepared statements in one round trip, as `query` runs one. @returns the rows of each @throws the error of any of them */
  together(batch: readonly Prepared[]): Promise<object[][]> {
    return this.#interruptibly(() => this.#client.query(new PreparedBatch(batch)).rows);
  }

  async #interruptibly<Result>(run: () => Promise<Result>): Promise<Result> {
    const caller = this.#caller;
    if (caller === null) return orUnavailable(run());
    this.throwIfDisconnected();
    const cancel = new Cancel(this.#client, this.#connections);
    const stopListening = caller.onDisconnect(() => cancel.request());
    try {
      return await run();
    } catch (error) {
      const { code } = error as { code?: string };
      throw caller.disconnected && code === queryCanceled ? new DisconnectedError({ cause: error }) : unavailable(error);
    } finally {
      stopListening();
      await cancel.settled();
    }
  }

  /** Runs a statement that ends soon and must not be canceled, such as a commit. */
  uninterrupted(config: pg.QueryConfig): Promise<pg.QueryResult> {
    return orUnavailable(this.#client.query(config));
  }

  /** Sets how the connection plans its next statements, if it plans in another way. */
  async plan(planning: Planning): Promise<void> {
    const { plannings } = this.#connections;
    if ((plannings.get(this.#client) ?? defaultPlanning) === planning) return;
    await this.uninterrupted({ text: `set plan_cache_mode = ${planning}` });
    plannings.set(this.#client, planning);
  }

  throwIfDisconnected(): void {
    if (this.#caller?.disconnected) throw new DisconnectedError();
  }
}

async function orUnavailable<Result>(running: Promise<Result>): Promise<Result> {
  try {
    return await running;
  } catch (error) {
    throw unavailable(error);
  }
}

/** The cancellation of the statement that a client runs. */
class Cancel {
  readonly #processId: number;
  readonly #connections: Connections;
  #ended = false;
  #sent: Promise<unknown> = Promise.resolve();

  constructor(client: pg.PoolClient, connections: Connections) {
    // The types of pg lack it.
    this.#processId = (client as unknown as { processID: number }).processID;
    this.#connections = connections;
  }

  /** Asks the server on another connection. If that fails, the statement runs until its timeout. */
  request(): void {
    const ask = async (other: Connection) => {
      // The statement may have ended while this waited for a connection.
      if (this.#ended) return;
      const values = [this.#processId];
      this.#sent = other.uninterrupted({ name: 'cancel_statement', text: 'select pg_cancel_backend($1)', values }).catch(() => {});
      await this.#sent;
    };
    this.#connections.use(null, ask).catch(() => {});
  }

  /** The statement has ended. @returns once no cancellation can reach the next statement of its connection */
  async settled(): Promise<void> {
    this.#ended = true;
    await this.#sent;
  }
}

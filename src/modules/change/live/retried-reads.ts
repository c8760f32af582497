import { setTimeout } from 'node:timers/promises';
import type { Queryable, Statement } from '../../../database/database.ts';
import { StatementTimeoutError, UnavailableError } from '../../../errors.ts';

/** The pauses between attempts; the last one repeats. */
const delaysMs = [50, 200, 500];

/**
 * Retries the reads of streams while the database does not answer, until the gateway stops: so a stream continues after an outage, and no event is sent without the
 * rows that it refers to. A statement that times out is retried once for each pause, because the client's selection may be the cause.
 */
export class RetriedReads {
  readonly #databaseOf: (organizationId: string) => Queryable;
  readonly #ended: AbortSignal;
  /** The number of statements that are being retried, by organization. */
  readonly #retrying = new Map<string, number>();

  constructor(databaseOf: (organizationId: string) => Queryable, ended: AbortSignal) {
    this.#databaseOf = databaseOf;
    this.#ended = ended;
  }

  /** True while a statement of the organization is retried. Its streams then wait for the gateway, not for their clients. */
  isRetrying(organizationId: string): boolean {
    return this.#retrying.has(organizationId);
  }

  of(organizationId: string): Queryable {
    const database = this.#databaseOf(organizationId);
    return { query: (statement) => this.#query(database, organizationId, statement) };
  }

  async #query<Row extends object>(database: Queryable, organizationId: string, statement: Statement): Promise<Row[]> {
    try {
      return await database.query<Row>(statement);
    } catch (error) {
      if (!this.#mayRetry(error, 0)) throw error;
    }
    this.#count(organizationId, 1);
    try {
      return await this.#retry<Row>(database, statement);
    } finally {
      this.#count(organizationId, -1);
    }
  }

  async #retry<Row extends object>(database: Queryable, statement: Statement): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      await setTimeout(delaysMs[Math.min(tries, delaysMs.length) - 1]);
      try {
        return await database.query<Row>(statement);
      } catch (error) {
        if (!this.#mayRetry(error, tries)) throw error;
      }
    }
  }

  #mayRetry(error: unknown, tries: number): boolean {
    if (error instanceof StatementTimeoutError && tries >= delaysMs.length) return false;
    return error instanceof UnavailableError && !this.#ended.aborted;
  }

  #count(organizationId: string, change: number): void {
    const count = (this.#retrying.get(organizationId) ?? 0) + change;
    if (count === 0) this.#retrying.delete(organizationId);
    else this.#retrying.set(organizationId, count);
  }
}

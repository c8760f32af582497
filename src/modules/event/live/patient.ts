import { setTimeout } from 'node:timers/promises';
import type { Queryable, Statement } from '../../../database/database.ts';
import { UnavailableError } from '../../../errors.ts';

/** Between tries; the last one again and again. */
const delaysMs = [50, 200, 500];

/**
 * For statements that only read: tried again where the database did not answer, until it does or streams are ended, so that a stream outlives however long
 * it is away and no event goes out without what it names.
 */
export class PatientReads implements Queryable {
  readonly #database: Queryable;
  readonly #ended: AbortSignal;
  #retrying = 0;

  constructor(database: Queryable, ended: AbortSignal) {
    this.#database = database;
    this.#ended = ended;
  }

  /** Whether something is being tried again: whoever waits does so for our reasons. */
  get away(): boolean {
    return this.#retrying > 0;
  }

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    try {
      return await this.#database.query<Row>(statement);
    } catch (error) {
      if (!this.#mayGoOn(error)) throw error;
    }
    this.#retrying += 1;
    try {
      return await this.#retry<Row>(statement);
    } finally {
      this.#retrying -= 1;
    }
  }

  async #retry<Row extends object>(statement: Statement): Promise<Row[]> {
    for (let tries = 0; ; tries++) {
      await setTimeout(delaysMs[Math.min(tries, delaysMs.length - 1)]);
      try {
        return await this.#database.query<Row>(statement);
      } catch (error) {
        if (!this.#mayGoOn(error)) throw error;
      }
    }
  }

  #mayGoOn(error: unknown): boolean {
    return error instanceof UnavailableError && !this.#ended.aborted;
  }
}

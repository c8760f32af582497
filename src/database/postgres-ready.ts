import pg from 'pg';
import type { ReadyState } from './database.ts';
import type { Connections } from './postgres-connections.ts';
import { ConnectionLostError } from './postgres-errors.ts';

/**
 * Answers whether requests can be answered now. It asks the server on a connection of its own, because a full pool says nothing about the server. That
 * connection is made by the first question, and again after it is lost.
 */
export class Readiness {
  readonly #connections: Connections;
  readonly #config: pg.ClientConfig;
  #client: pg.Client | null = null;
  #asking: Promise<ReadyState> | null = null;

  /** `config` must limit the time of connecting and of a statement. */
  constructor(connections: Connections, config: pg.ClientConfig) {
    this.#connections = connections;
    this.#config = config;
  }

  /** One question at a time: others that come meanwhile get its answer. */
  ask(): Promise<ReadyState> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async close(): Promise<void> {
    await this.#client?.end().catch(() => {});
  }

  async #ask(): Promise<ReadyState> {
    if (!(await this.#serverAnswers())) return 'unreachable';
    try {
      await this.#connections.use(null, async () => {});
      return 'ready';
    } catch (error) {
      return error instanceof ConnectionLostError ? 'unreachable' : 'busy';
    }
  }

  async #serverAnswers(): Promise<boolean> {
    const client = this.#client ?? new pg.Client(this.#config).on('error', () => this.#drop(client));
    try {
      if (this.#client === null) {
        this.#client = client;
        await client.connect();
      }
      await client.query('select 1');
      return true;
    } catch {
      this.#drop(client);
      return false;
    }
  }

  #drop(client: pg.Client): void {
    if (this.#client === client) this.#client = null;
    client.end().catch(() => {});
  }
}

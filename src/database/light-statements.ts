import type { Statement } from './database.ts';

/** Runs statements on one connection. @returns the outcome of each */
type RunAll = (statements: readonly Statement[]) => Promise<PromiseSettledResult<object[]>[]>;

/** The most statements that share a connection, so that a level with many lists is not read one list after the other. */
const mostTogether = 8;

interface Waiting {
  statement: Statement;
  resolve: (rows: object[]) => void;
  reject: (error: unknown) => void;
}

/** The light statements of one caller. Those that it starts in the same turn of the event loop share a connection and a round trip. */
export class LightStatements {
  readonly #runAll: RunAll;
  readonly #waiting: Waiting[] = [];

  constructor(runAll: RunAll) {
    this.#runAll = runAll;
  }

  run(statement: Statement): Promise<object[]> {
    return new Promise((resolve, reject) => {
      // The loaders of a level start their statements in ticks that are queued already, so this tick comes after them.
      if (this.#waiting.push({ statement, resolve, reject }) === 1) process.nextTick(() => this.#sendAll());
    });
  }

  #sendAll(): void {
    while (this.#waiting.length > 0) void this.#send(this.#waiting.splice(0, mostTogether));
  }

  async #send(sent: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#runAll(sent.map(({ statement }) => statement));
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') sent[index]?.resolve(outcome.value);
        else sent[index]?.reject(outcome.reason);
      }
    } catch (error) {
      for (const { reject } of sent) reject(error);
    }
  }
}

import type { Logger } from 'pino';

const everyMs = 60_000;

/** Counts requests that came with a key that does not work, and logs the count once a minute: with a line for each, anybody could fill the log. */
export class RefusedKeys {
  readonly #log: Logger;
  #refused = 0;
  #lastRequestId = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  count(requestId: string): void {
    this.#refused += 1;
    this.#lastRequestId = requestId;
    this.#timer ??= setTimeout(() => this.report(), everyMs).unref();
  }

  /** Logs what was counted since the last report, if anything. */
  report(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#refused === 0) return;
    this.#log.warn({ refused: this.#refused, lastRequestId: this.#lastRequestId }, 'requests with refused keys');
    this.#refused = 0;
  }
}

import type { Logger } from 'pino';

const reportMs = 60_000;

/** Counts requests with an invalid key, and logs the count once a minute. With a line for each request anybody could fill the log. */
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
    this.#timer ??= setTimeout(() => this.report(), reportMs).unref();
  }

  /** Logs the count since the last report, if it is not 0. */
  report(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#refused === 0) return;
    this.#log.warn({ refused: this.#refused, lastRequestId: this.#lastRequestId }, 'requests with refused keys');
    this.#refused = 0;
  }
}

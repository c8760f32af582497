import type { Server, ServerResponse } from 'node:http';

/** The most requests that one log line names. */
const maxNamed = 20;

/** The requests that a server has not answered completely, in the order of their arrival. */
export class OpenRequests {
  readonly #responses = new Map<ServerResponse, number>();
  #lastOnConnection = false;

  constructor(server: Server) {
    server.prependListener('request', (_request, response) => {
      if (this.#lastOnConnection) response.shouldKeepAlive = false;
      this.#responses.set(response, performance.now());
      response.once('close', () => this.#responses.delete(response));
    });
  }

  /** Answers with `Connection: close` from now on, also to the open requests whose answer has not begun. */
  closeAfterAnswers(): void {
    this.#lastOnConnection = true;
    for (const response of this.#responses.keys()) response.shouldKeepAlive = false;
  }

  get count(): number {
    return this.#responses.size;
  }

  /** Resolves once every open request has ended, and with it its line in the log. */
  async ended(): Promise<void> {
    await Promise.all([...this.#responses.keys()].map((response) => new Promise((resolve) => response.once('close', resolve))));
  }

  /** Describes the oldest open requests for a log line, without their URLs, which may hold content. Each has a line of its own with its route once it is cut off. */
  describe(): { method: string | undefined; ms: number }[] {
    const now = performance.now();
    return [...this.#responses].slice(0, maxNamed).map(([{ req }, since]) => ({ method: req.method, ms: Math.round(now - since) }));
  }
}

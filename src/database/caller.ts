/** Counts the statements of one request, whose id their lines in the log have. */
export interface StatementCounter {
  readonly requestId: string;
  /** Times are those of `performance.now()`. */
  countStatement(label: string, begun: number, ended: number): void;
}

/** The organization that statements run for, and the signal that its client has disconnected. */
export interface CallerOptions {
  organizationId: string;
  /** Absent: the work is not bound to one request. */
  signal?: AbortSignal;
  /** Absent: the statements belong to no request. */
  counter?: StatementCounter;
}

/** One request. Statements run for it until its client disconnects. */
export class Caller {
  readonly organizationId: string;
  /** Connections that it holds now. */
  held = 0;
  readonly #signal: AbortSignal | undefined;
  readonly #stops = new Set<() => void>();
  #listens = false;

  constructor({ organizationId, signal }: CallerOptions) {
    this.organizationId = organizationId;
    this.#signal = signal;
  }

  get disconnected(): boolean {
    return this.#signal?.aborted === true;
  }

  /** Calls `stop` when the client disconnects. @returns a function that removes `stop` */
  onDisconnect(stop: () => void): () => void {
    this.#stops.add(stop);
    if (!this.#listens) {
      // One listener for all statements: Node warns of more than ten on one signal.
      this.#listens = true;
      this.#signal?.addEventListener('abort', () => this.#stopAll(), { once: true });
    }
    return () => void this.#stops.delete(stop);
  }

  #stopAll(): void {
    for (const stop of [...this.#stops]) stop();
  }
}

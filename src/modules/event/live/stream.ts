/** What a stream ends with where it cannot go on: its reader is told. */
export class StreamFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** One subscriber's events, waiting to be taken one after the other. Whoever pushes sees to it that they stay few. */
export class EventStream<Event> implements AsyncIterableIterator<Event | StreamFailure, undefined> {
  #earlier: (() => Promise<Event | null>) | null = null;
  #waiting: Event[] = [];
  #lastTaken = 0;
  #state: 'open' | 'failed' | 'ended' = 'open';
  #failure: unknown;
  /** Wakes the reader that waits for something to take, and the writer that waits for room. */
  #somethingNew = () => {};
  #taken = () => {};
  #whenEnded: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  /** When something was taken, or began to wait; milliseconds of `performance.now()`. */
  get lastTaken(): number {
    return this.#lastTaken;
  }

  /** Before anything that is pushed, what this gives; null: nothing more. */
  precede(earlier: () => Promise<Event | null>): void {
    if (this.#state === 'open') this.#earlier = earlier;
  }

  /** Called once the stream has ended, whoever ended it; at once where it has. */
  whenEnded(callback: () => void): void {
    if (this.#state === 'open') this.#whenEnded.push(callback);
    else callback();
  }

  push(event: Event): void {
    if (this.#state !== 'open') return;
    if (this.#waiting.length === 0) this.#lastTaken = performance.now();
    this.#waiting.push(event);
    this.#somethingNew();
  }

  /** Resolves once at most so many wait, or the stream has ended. */
  async drainedTo(count: number): Promise<void> {
    while (this.#state === 'open' && this.#waiting.length > count) await new Promise<void>((resolve) => (this.#taken = resolve));
  }

  /** Lets go of what waits; the reader finds the failure, then the end. */
  fail(error: unknown): void {
    if (this.#state !== 'open') return;
    this.#failure = error;
    this.#close('failed');
  }

  end(): void {
    if (this.#state !== 'ended') this.#close('ended');
  }

  async next(): Promise<IteratorResult<Event | StreamFailure, undefined>> {
    for (;;) {
      if (this.#state === 'failed') {
        this.#state = 'ended';
        return { done: false, value: new StreamFailure(this.#failure) };
      }
      if (this.#state === 'ended') return { done: true, value: undefined };
      const event = this.#earlier === null ? this.#take() : await this.#takeEarlier(this.#earlier);
      // While it was read, the stream may have ended.
      if (event !== null && this.#state === 'open') return { done: false, value: event };
      if (event === null && this.#earlier === null) await new Promise<void>((resolve) => this.#wait(resolve));
    }
  }

  return(): Promise<IteratorResult<Event | StreamFailure, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #wait(resolve: () => void): void {
    if (this.#state !== 'open' || this.#waiting.length > 0) resolve();
    else this.#somethingNew = resolve;
  }

  #take(): Event | null {
    const event = this.#waiting.shift() ?? null;
    this.#lastTaken = performance.now();
    this.#taken();
    return event;
  }

  async #takeEarlier(earlier: () => Promise<Event | null>): Promise<Event | null> {
    try {
      const event = await earlier();
      if (event === null) this.#earlier = null;
      return event;
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  #close(state: 'failed' | 'ended'): void {
    this.#state = state;
    this.#waiting = [];
    this.#earlier = null;
    this.#somethingNew();
    this.#taken();
    for (const callback of this.#whenEnded.splice(0)) callback();
  }
}

/** What a stream ends with where it cannot go on: its reader is told. */
export class StreamFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** How long a reader may take nothing. */
interface Patience {
  patienceMs: number;
  /** Whether it is not the reader who holds up. */
  isExcused: () => boolean;
  /** What the stream fails with. */
  impatience: unknown;
}

/** One subscriber's events, waiting to be taken one after the other. Whoever pushes stops where they are many: see `fallBehind`. */
export class EventStream<Event> implements AsyncIterableIterator<Event | StreamFailure, undefined> {
  #earlier: (() => Promise<Event | null>) | null = null;
  #waiting: Event[] = [];
  #later: (() => Promise<Event | null>) | null = null;
  #patience: NodeJS.Timeout | undefined;
  #state: 'open' | 'failed' | 'ended' = 'open';
  #failure: unknown;
  /** Wakes the reader that waits for something to take. */
  #somethingNew = () => {};
  #whenEnded: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Before anything that is pushed, what this gives; null: nothing more. */
  precede(earlier: () => Promise<Event | null>): void {
    if (this.#state === 'open') this.#earlier = earlier;
  }

  /** Nothing more is pushed: after what waits comes what `later` gives, until it gives null. Fails where nothing is taken for so long before, unexcused. */
  fallBehind(later: () => Promise<Event | null>, { patienceMs, isExcused, impatience }: Patience): void {
    if (this.#state !== 'open') return;
    this.#later = later;
    const lose = () => (isExcused() ? this.#patience?.refresh() : this.fail(impatience));
    this.#patience = setTimeout(lose, patienceMs).unref();
  }

  /** Called once the stream has ended, whoever ended it; at once where it has. */
  whenEnded(callback: () => void): void {
    if (this.#state === 'open') this.#whenEnded.push(callback);
    else callback();
  }

  push(event: Event): void {
    if (this.#state !== 'open') return;
    this.#waiting.push(event);
    this.#somethingNew();
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
      if (event !== null && this.#state === 'open') {
        this.#patience?.refresh();
        return { done: false, value: event };
      }
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
    if (event === null && this.#later !== null) {
      clearTimeout(this.#patience);
      // One that was stopped would begin anew where it is refreshed.
      this.#patience = undefined;
      [this.#earlier, this.#later] = [this.#later, null];
    }
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
    this.#later = null;
    clearTimeout(this.#patience);
    this.#somethingNew();
    for (const callback of this.#whenEnded.splice(0)) callback();
  }
}

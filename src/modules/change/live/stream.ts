import type { NextEvent } from './catch-up.ts';

/** The last value of a stream that fails: its reader throws the error. */
export class StreamFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** The limit of a reader that takes no events. */
interface SlowReaderLimit {
  timeoutMs: number;
  /** While this is true, the time starts over. */
  isRetrying: () => boolean;
  /** The stream fails with this. */
  error: unknown;
}

/** The events of one subscriber, taken one by one. The writer stops pushing when many are `waiting`: see `continueWith`. */
export class EventStream<Event> implements AsyncIterableIterator<Event | StreamFailure, undefined> {
  #beforeQueue: NextEvent<Event> | null = null;
  #queue: Event[] = [];
  #afterQueue: NextEvent<Event> | null = null;
  #slowReaderTimer: NodeJS.Timeout | undefined;
  #state: 'open' | 'failed' | 'ended' = 'open';
  #failure: unknown;
  /** Wakes the reader that waits for an event. */
  #wakeReader = () => {};
  #whenEnded: (() => void)[] = [];

  get waiting(): number {
    return this.#queue.length;
  }

  /** Yields the events of `source` before those that are pushed. */
  beginWith(source: NextEvent<Event>): void {
    if (this.#state === 'open') this.#beforeQueue = source;
  }

  /**
   * Yields the events of `source` after those that wait; the writer pushes none until `source` has returned null. The stream fails if its reader exceeds the
   * limit while events wait.
   */
  continueWith(source: NextEvent<Event>, { timeoutMs, isRetrying, error }: SlowReaderLimit): void {
    if (this.#state !== 'open') return;
    this.#afterQueue = source;
    const onTimeout = () => (isRetrying() ? this.#slowReaderTimer?.refresh() : this.fail(error));
    this.#slowReaderTimer = setTimeout(onTimeout, timeoutMs).unref();
  }

  /** Calls back once the stream has ended, for any reason; at once if it has. */
  whenEnded(callback: () => void): void {
    if (this.#state === 'open') this.#whenEnded.push(callback);
    else callback();
  }

  push(event: Event): void {
    if (this.#state !== 'open') return;
    this.#queue.push(event);
    this.#wakeReader();
  }

  /** Drops the waiting events. The reader gets the failure, then the end. */
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
      const event = this.#beforeQueue === null ? this.#shift() : await this.#readFrom(this.#beforeQueue);
      // The stream may have ended during the read.
      if (event !== null && this.#state === 'open') {
        this.#slowReaderTimer?.refresh();
        return { done: false, value: event };
      }
      if (event === null && this.#beforeQueue === null) await new Promise<void>((resolve) => this.#wait(resolve));
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
    if (this.#state !== 'open' || this.#queue.length > 0) resolve();
    else this.#wakeReader = resolve;
  }

  #shift(): Event | null {
    const event = this.#queue.shift() ?? null;
    if (event === null && this.#afterQueue !== null) {
      clearTimeout(this.#slowReaderTimer);
      // `refresh` would start a cleared timer.
      this.#slowReaderTimer = undefined;
      [this.#beforeQueue, this.#afterQueue] = [this.#afterQueue, null];
    }
    return event;
  }

  async #readFrom(source: NextEvent<Event>): Promise<Event | null> {
    try {
      const event = await source();
      if (event === null) this.#beforeQueue = null;
      return event;
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  #close(state: 'failed' | 'ended'): void {
    this.#state = state;
    this.#queue = [];
    this.#beforeQueue = null;
    this.#afterQueue = null;
    clearTimeout(this.#slowReaderTimer);
    this.#wakeReader();
    for (const callback of this.#whenEnded.splice(0)) callback();
  }
}

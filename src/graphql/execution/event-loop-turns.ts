/** Leaf values resolved in one turn of the event loop, which takes a few milliseconds. */
export const portion = 1_000;

interface Waiting {
  values: number;
  proceed: () => void;
}

/** Divides the work of one operation into turns of the event loop, so that other requests do not wait for a large answer. */
export class Turns {
  #used = 0;
  readonly #waiting: Waiting[] = [];
  #whenIdle: (() => void)[] = [];

  /** Takes values from the current turn. @returns null if they fit; otherwise a promise of a later turn */
  take(values: number): Promise<void> | null {
    if (this.#waiting.length === 0 && this.#used + values <= portion) {
      this.#used += values;
      return null;
    }
    return new Promise((proceed) => {
      if (this.#waiting.push({ values, proceed }) === 1) setImmediate(() => this.#next());
    });
  }

  /** Calls back once nothing waits for a turn: then all rows that a level of the answer needs are known, and are loaded together. */
  whenIdle(callback: () => void): void {
    if (this.#waiting.length === 0) callback();
    else this.#whenIdle.push(callback);
  }

  #next(): void {
    this.#used = 0;
    // The first one proceeds even if it has more values than a portion.
    for (
      let next = this.#waiting[0];
      next !== undefined && (this.#used === 0 || this.#used + next.values <= portion);
      next = this.#waiting[0]
    ) {
      this.#waiting.shift();
      this.#used += next.values;
      next.proceed();
    }
    if (this.#waiting.length > 0) {
      setImmediate(() => this.#next());
      return;
    }
    // Later, because the work that proceeds now requests its rows first.
    setImmediate(() => {
      const callbacks = this.#waiting.length === 0 ? this.#whenIdle.splice(0) : [];
      for (const callback of callbacks) callback();
    });
  }
}

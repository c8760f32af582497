/** Returns true for anything that has `then`, as graphql-js does. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/**
 * Waits for the promises among values, puts their results into their places, and returns what `build` makes of all. `pending`: the indexes of the promises.
 * It takes as many turns of the microtask queue as `Promise.all`, because the order of errors depends on them.
 */
export function whenAll<Result>(values: unknown[], pending: readonly number[], build: () => Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    let left = pending.length;
    for (const index of pending) {
      (values[index] as PromiseLike<unknown>).then((value) => {
        values[index] = value;
        left -= 1;
        if (left > 0) return;
        try {
          resolve(build());
        } catch (error) {
          reject(error);
        }
      }, reject);
    }
  });
}

/** Ignores the failures of promises whose results are no longer needed. */
export function abandon(values: readonly unknown[]): void {
  for (const value of values) if (isPromise(value)) value.then(undefined, () => {});
}

import { isAsyncIterable } from 'graphql-yoga';
import type { Results } from '../plugins/present-errors.ts';

/** Returns the same results, and calls back once the last of them was read or the reader stopped. One answer has ended already. */
export function whenEnded(results: Results, callback: () => void): Results {
  if (!isAsyncIterable(results)) {
    callback();
    return results;
  }
  const events = results[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        try {
          const event = await events.next();
          if (event.done) callback();
          return event;
        } catch (error) {
          callback();
          throw error;
        }
      },
      async return() {
        callback();
        return (await events.return?.()) ?? { done: true, value: undefined };
      },
    }),
  };
}

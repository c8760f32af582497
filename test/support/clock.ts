import { setTimeout as delay } from 'node:timers/promises';
import { vi } from 'vitest';

/** Stops the clock that caches go by, until `restore`: an entry grows old only when the test says so. Timers and the wall clock go on. */
export function stopClock() {
  let now = Math.ceil(performance.now());
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now);
  return {
    async pass(ms: number): Promise<void> {
      now += ms;
      // A cache that read the clock remembers it for a millisecond, until a timer of its own.
      await delay(2);
    },
    restore: () => spy.mockRestore(),
  };
}

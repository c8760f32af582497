import { setTimeout as delay } from 'node:timers/promises';
import { vi } from 'vitest';

/** Stops the clock of caches until `restore`, so that no entry expires. Timers and the wall clock continue. */
export function stopClock() {
  let now = Math.ceil(performance.now());
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now);
  return {
    async pass(ms: number): Promise<void> {
      now += ms;
      // A cache remembers the clock for a millisecond, until a timer of its own.
      await delay(2);
    },
    restore: () => spy.mockRestore(),
  };
}

import { setTimeout } from 'node:timers/promises';
import type { Timing } from './client.ts';

export const systemTiming: Timing = {
  now: () => Date.now(),
  delay: async (ms, signal) => {
    await setTimeout(ms, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
  },
};

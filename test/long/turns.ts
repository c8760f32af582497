import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Times of the event loop during some work, in ms. */
export interface Turns {
  /** The delays of a timer, by the clock. Other processes add to them. */
  delay: { p99: number; worst: number };
  /** The processor time of this thread between two turns, which other processes do not change. */
  busy: { p99: number; worst: number };
}

/** Measures how long the event loop is blocked during `work`. */
export async function measureTurns(work: () => Promise<unknown>): Promise<Turns> {
  const resolution = 10;
  const busy: number[] = [];
  let last = process.threadCpuUsage();
  const sampler = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    busy.push((user + system) / 1e3);
  }, resolution);
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await work();
  delay.disable();
  clearInterval(sampler);
  busy.sort((a, b) => a - b);
  const at = (share: number) => Math.round(busy[Math.min(busy.length - 1, Math.floor(share * busy.length))] ?? 0);
  return {
    delay: { p99: Math.round(delay.percentile(99) / 1e6), worst: Math.round(delay.max / 1e6) },
    busy: { p99: at(0.99), worst: at(1) },
  };
}

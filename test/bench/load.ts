import autocannon from 'autocannon';
import type { Contender } from './contenders/start.ts';
import { cpuTimes, cpuUsed, processTree } from './cpu.ts';
import type { BenchDatabase } from './database.ts';
import type { Case } from './scenario.ts';

export const connections = 8;

/** One round of one case. CPU times are milliseconds per request; null where they cannot be read. */
export interface Round {
  rate: number;
  p50: number;
  p99: number;
  gatewayCpu: number | null;
  databaseCpu: number | null;
}

/** Sends a case's calls for so long, and measures. @throws if an answer is no success */
export async function load(each: Case, contender: Contender, database: BenchDatabase, seconds: number): Promise<Round> {
  const read = async () => ({
    gateway: cpuTimes(processTree(contender.pid)),
    database: cpuTimes(await database.backendsOf(contender.name)),
  });
  const before = await read();
  const times: number[] = [];
  const result = await shoot(each, contender.url, seconds, (ms) => times.push(ms));
  const after = await read();
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(`${each.name}: ${result.errors} errors, ${result.non2xx} answers that are no success`);
  const requests = result.requests.total;
  const perRequest = (what: 'gateway' | 'database') =>
    after[what].size === 0 || requests === 0 ? null : cpuUsed(before[what], after[what]) / requests;
  times.sort((a, b) => a - b);
  return {
    rate: requests / result.duration,
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
    gatewayCpu: perRequest('gateway'),
    databaseCpu: perRequest('database'),
  };
}

/** Runs autocannon. @param onTime gets the milliseconds of each answer: its own quantiles are whole milliseconds, which is coarse for a page of a few */
function shoot(each: Case, url: string, seconds: number, onTime: (ms: number) => void): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const options = {
      url,
      connections,
      duration: seconds,
      // The interval at which it can end: its default is a second.
      sampleInt: Math.min(1_000, seconds * 500),
      requests: each.calls.map((call) => ({ ...call })),
    };
    const instance = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    instance.on('response', (_client, _status, _bytes, ms) => onTime(ms));
  });
}

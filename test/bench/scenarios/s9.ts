import autocannon from 'autocannon';
import { startContender } from '../contenders/start.ts';
import { memoryOf } from '../cpu.ts';
import { connections } from '../load.ts';
import { median } from '../measure.ts';
import type { OwnScenario } from '../scenario.ts';
import { s2 } from './s2.ts';

/** The memory is read after each of these parts of the requests. */
const parts = 20;

export const s9: OwnScenario = {
  id: 'S9',
  title: 'memory of the gateway after many requests of S2',
  roles: ['main'],
  run: async (database, { quick }) => {
    const requests = quick ? 500 : 100_000;
    const cases = await s2.cases(database);
    const calls = cases.find(({ name }) => name === 'Parley')?.calls ?? [];
    const gateway = await startContender('parley', database.url, '');
    try {
      const readings: number[] = [];
      for (let part = 0; part < parts; part++) {
        process.stderr.write(`S9: ${(part * requests) / parts} of ${requests} requests\n`);
        const { errors, non2xx } = await autocannon({
          url: gateway.url,
          connections,
          amount: requests / parts,
          requests: calls.map((call) => ({ ...call })),
        });
        if (errors + non2xx > 0) throw new Error(`${errors} errors, ${non2xx} answers that are no success`);
        readings.push(memoryOf(gateway.pid).resident);
      }
      const quarter = (from: number) => median(readings.slice(from * parts, (from + 0.25) * parts)) ?? Number.NaN;
      return [
        { name: `the most memory after ${requests} requests`, value: Math.max(...readings), unit: 'MiB', atMost: 256, readings },
        // A process grows while it warms up; later only what is never freed makes it grow.
        { name: 'last quarter / second quarter', value: quarter(0.75) / quarter(0.25), unit: '', atMost: 1.1 },
      ];
    } finally {
      await gateway.stop();
    }
  },
};

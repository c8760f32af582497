import { startContender } from '../contenders/start.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { load } from '../load.ts';
import { median } from '../measure.ts';
import type { Measurement, OwnScenario, Scenario } from '../scenario.ts';
import { s1 } from './s1.ts';
import { s2 } from './s2.ts';

export const s6: OwnScenario = {
  id: 'S6',
  title: "S1 and S2 at a tenth of the messages, at all, and at ten times as many; a size's p50 against the smallest's",
  roles: ['main'],
  run: async ({ server, messages }, { pace }) => {
    if (messages < 100_000)
      throw new Error('S6 needs at least 100000 messages: of fewer, a tenth does not have 50 conversations of 20 messages');
    const sizes = [Math.round(messages / 10), messages, messages * 10];
    const databases: BenchDatabase[] = [];
    try {
      for (const size of sizes) databases.push(await openBenchDatabase(server, size, new Set(['main'])));
      const measurements: Measurement[] = [];
      for (const scenario of [s1, s2]) {
        const p50s = await p50Of(scenario, databases, pace.rounds, pace.seconds, pace.warmUpSeconds);
        for (const [index, size] of sizes.entries()) {
          const own = median(p50s[index] ?? []) ?? Number.NaN;
          const name = `${scenario.id}, ${size.toLocaleString('en')} messages`;
          measurements.push({ name, value: own, unit: 'ms', readings: p50s[index] });
          const value = own / (median(p50s[0] ?? []) ?? Number.NaN);
          if (index > 0) measurements.push({ name: `${name} / ${sizes[0]?.toLocaleString('en')}`, value, unit: '', atMost: 1.3 });
        }
      }
      return measurements;
    } finally {
      for (const database of databases) await database.close();
    }
  },
};

/** The median latencies of Parley's case over each of the databases, one for each round. */
async function p50Of(scenario: Scenario, databases: readonly BenchDatabase[], rounds: number, seconds: number, warmUpSeconds: number) {
  const gateways = await Promise.all(databases.map(({ url }) => startContender('parley', url, '')));
  try {
    const p50s: number[][] = databases.map(() => []);
    for (let round = -1; round < rounds; round++) {
      process.stderr.write(`S6: ${scenario.id}, round ${round + 1} of ${rounds}\n`);
      for (const [index, database] of databases.entries()) {
        const gateway = gateways[index];
        const own = (await scenario.cases(database)).find(({ name }) => name === 'Parley');
        if (gateway === undefined || own === undefined) throw new Error(`${scenario.id} has no case of Parley's`);
        const { p50 } = await load(own, gateway, database, round === -1 ? warmUpSeconds : seconds);
        if (round >= 0) p50s[index]?.push(p50);
      }
    }
    return p50s;
  } finally {
    for (const gateway of gateways) await gateway.stop();
  }
}

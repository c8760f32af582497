import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { demoKey } from '../../../src/demo/organizations.ts';
import { freePort, parleyEnvironment, parleyScript, run, stopGroup } from '../contenders/start.ts';
import { median } from '../measure.ts';
import type { OwnScenario } from '../scenario.ts';

const query = JSON.stringify({ query: '{ conversations(first: 1) { nodes { id } } }' });

/** Starts Parley, and stops it. @returns the milliseconds until it has answered a query */
async function timeToAnswer(environment: Record<string, string>, key: string): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const child = run(parleyScript, { ...environment, PORT: String(port), LOG_LEVEL: 'warn' });
  try {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: query,
      }).catch(() => null);
      if (response?.ok && (await response.text()).includes('"nodes":[{')) return performance.now() - begun;
      if (child.exitCode !== null || performance.now() - begun > 60_000) throw new Error('Parley does not start');
      await setTimeout(2);
    }
  } finally {
    await stopGroup(child);
  }
}

export const s10: OwnScenario = {
  id: 'S10',
  title: 'from the start of the process to its first answer',
  roles: ['main'],
  run: async ({ url, organizations: { main } }, { pace: { rounds } }) => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
    const embedded = { DATA_DIR: join(folder, 'data') };
    const starts = [
      { name: 'PostgreSQL', environment: parleyEnvironment(url), key: main?.key ?? '', atMost: 1_000 },
      { name: 'embedded, an existing folder', environment: embedded, key: demoKey, atMost: 2_000 },
    ];
    try {
      // The first start creates the folder, and loads the code from the disk.
      for (const { environment, key } of starts) await timeToAnswer(environment, key);
      const measured = starts.map(({ name, atMost }) => ({ name, atMost, unit: 'ms', readings: [] as number[] }));
      for (let round = 0; round < rounds; round++) {
        for (const [index, { environment, key }] of starts.entries()) measured[index]?.readings.push(await timeToAnswer(environment, key));
      }
      return measured.map((each) => ({ ...each, value: median(each.readings) ?? Number.NaN }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { parleyEnvironment, run } from '../contenders/start.ts';
import { memoryOf } from '../cpu.ts';
import { createScratch, dropScratch, parley } from '../database.ts';
import type { OwnScenario } from '../scenario.ts';
import { copyIn, copyOut } from './copy.ts';

const imported = 'parley_bench_imported';
const copied = 'parley_bench_copied';

export const s8: OwnScenario = {
  id: 'S8',
  title:
    'import of a file that has all messages, beside COPY of what it made into the same tables and indexes (no triggers, no foreign keys checked)',
  roles: ['main'],
  run: async ({ server, url, organizations: { main }, messages }) => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
    const file = join(folder, 'messages.ndjson');
    try {
      await command(url, `export --org ${main?.id} > '${file}'`);
      const target = await createScratch(server, imported);
      const { id } = await parley(target, 'org', 'create', '--name', 'Imported');
      const importing = await command(target, `import '${file}' --org ${id}`);
      const tables = await copyOut(target, folder);
      await expectMessages(target, messages);
      const seconds = await copyIn(await createScratch(server, copied), tables);
      const rate = messages / importing.seconds;
      return [
        { name: 'import', value: rate, unit: 'lines/s', readings: { ...importing, bytes: (await stat(file)).size } },
        { name: 'COPY', value: messages / seconds, unit: 'lines/s' },
        { name: 'import / COPY', value: (rate * seconds) / messages, unit: '', atLeast: 0.4 },
        { name: 'the most memory of the import', value: importing.peak, unit: 'MiB', atMost: 256 },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
      for (const name of [imported, copied]) await dropScratch(server, name);
    }
  },
};

/** Runs a command of Parley's as a shell does. @returns its time and the most memory that it had, in MiB */
async function command(url: string, line: string): Promise<{ seconds: number; peak: number }> {
  process.stderr.write(`S8: ${line.split(' ')[0]}\n`);
  const begun = performance.now();
  const child = run(`exec src/bin/parley ${line}`, parleyEnvironment(url));
  const ended = once(child, 'exit').then(([code]) => code as number);
  let peak = 0;
  for (let code: number | null = null; code === null; code = await Promise.race([ended, setTimeout(50, null)])) {
    peak = Math.max(peak, memoryOf(child.pid ?? 0).peak);
  }
  const seconds = (performance.now() - begun) / 1000;
  if ((await ended) !== 0) throw new Error(`parley ${line} failed`);
  return { seconds, peak };
}

async function expectMessages(url: string, messages: number): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from messages');
  await client.end();
  if (rows[0]?.count !== messages) throw new Error(`${rows[0]?.count} messages were imported, not ${messages}`);
}

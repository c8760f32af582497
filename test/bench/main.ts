// `npm run bench`: Parley, what people would pick instead, and the floor, side by side over one database.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { preparePothos } from './contenders/pothos/prepare.ts';
import { openBenchDatabase } from './database.ts';
import { connections } from './load.ts';
import { measure } from './measure.ts';
import { readOptions } from './options.ts';
import { measurementTable, table } from './report.ts';
import { scenarios } from './scenarios/all.ts';

const options = readOptions();
const unknown = options.scenarios?.filter((id) => !scenarios.some((scenario) => scenario.id === id)) ?? [];
if (unknown.length > 0) throw new TypeError(`no scenario ${unknown.join(', ')}: there are ${scenarios.map(({ id }) => id).join(', ')}`);
// S6 makes a database of ten times the size.
const chosen = scenarios.filter(({ id }) => options.scenarios?.includes(id) ?? !(options.quick && id === 'S6'));

preparePothos();
const server = process.env.DATABASE_URL || 'postgresql://127.0.0.1:5432/postgres';
const database = await openBenchDatabase(server, options.messages, new Set(chosen.flatMap(({ roles }) => roles)));
try {
  const [versions] = await database.query<{ version: string }>('select version()');
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, postgres: versions?.version };
  const results: object[] = [];
  for (const scenario of chosen) {
    if ('run' in scenario) {
      const measurements = await scenario.run(database, options);
      results.push({ id: scenario.id, title: scenario.title, measurements });
      console.log(measurementTable(scenario.id, scenario.title, measurements));
    } else {
      const result = await measure(scenario, database, options.pace);
      results.push(result);
      console.log(table(result));
    }
  }
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = join(folder, `${at.replaceAll(':', '-')}.json`);
  const { pace, quick, messages } = options;
  writeFileSync(file, JSON.stringify({ at, quick, messages, connections, pace, machine, database: database.name, results }, null, 2));
  console.log(file);
} finally {
  await database.close();
}

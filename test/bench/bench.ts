import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, userInfo } from 'node:os';
import { join } from 'node:path';
import { preparePothos } from './contenders/pothos/prepare.ts';
import { root } from './contenders/start.ts';
import { type BenchDatabase, openBenchDatabase } from './database.ts';
import { connections } from './load.ts';
import { type Measured, measure } from './measure.ts';
import { type Options, UsageError } from './options.ts';
import { measurementTable, table } from './report.ts';
import type { Measurement, OwnScenario, Scenario } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';

type Result = Measured | { id: string; title: string; measurements: Measurement[] } | { id: string; title: string; failed: string };

/** Runs the scenarios, prints their tables, and writes all that was measured into a file. @returns whether all of them could be run */
export async function bench(options: Options): Promise<boolean> {
  const chosen = choose(options);
  preparePothos();
  const server = process.env.DATABASE_URL || `postgresql://${userInfo().username}@127.0.0.1:5432/postgres`;
  const database = await openBenchDatabase(server, options.messages, new Set(chosen.flatMap(({ roles }) => roles)));
  try {
    const about = await surroundings(database);
    const results: Result[] = [];
    for (const scenario of chosen) results.push(await runOne(scenario, database, options));
    const { pace, quick, messages } = options;
    console.log(save(about.at, { ...about, quick, messages, connections, pace, results }));
    return results.every((result) => !('failed' in result));
  } finally {
    await database.close();
  }
}

/** @throws UsageError for an id that no scenario has */
function choose({ scenarios: ids, quick }: Options): (Scenario | OwnScenario)[] {
  const unknown = ids?.filter((id) => !scenarios.some((scenario) => scenario.id === id)) ?? [];
  if (unknown.length > 0) throw new UsageError(`no scenario ${unknown.join(', ')}: there are ${scenarios.map(({ id }) => id).join(', ')}`);
  // S6 makes a database of ten times the size.
  return scenarios.filter(({ id }) => ids?.includes(id) ?? !(quick && id === 'S6'));
}

/** A scenario that fails does not take the others' results with it. */
async function runOne(scenario: Scenario | OwnScenario, database: BenchDatabase, options: Options): Promise<Result> {
  const { id, title } = scenario;
  try {
    if ('run' in scenario) {
      const measurements = await scenario.run(database, options);
      console.log(measurementTable(id, title, measurements));
      return { id, title, measurements };
    }
    const result = await measure(scenario, database, options.pace);
    console.log(table(result));
    return result;
  } catch (error) {
    console.log(`${id} ${title}\nFAILED ${(error as Error).message}\n`);
    return { id, title, failed: (error as Error).message };
  }
}

/** The machine and versions, on which the numbers depend beside the code. */
async function surroundings(database: BenchDatabase) {
  const [server] = await database.query<{ version: string }>('select version()');
  const [processor] = cpus();
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'));
  return {
    at: new Date().toISOString(),
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
    machine: { cpu: processor?.model, cores: cpus().length, loadAverage: loadavg(), node: process.version, postgres: server?.version },
    database: database.name,
    contenders: dependencies,
  };
}

/** @returns the file's path */
function save(at: string, document: object): string {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${at.replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  return file;
}

// `npm run check`: every check that needs no database server. Each step prints its name and time, and its output only if it fails.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { breakingSinceRelease } from './released-schema.ts';
import { migratedScratch, pendingChange } from './schema-engine.ts';
import { checkSql, type SqlFindings } from './sql/check-sql.ts';

const root = join(import.meta.dirname, '..');

/** Returns the problems, as text for people; empty if there are none. */
type Step = () => string | Promise<string>;

let scratch: Promise<PGlite> | undefined;
let sql: Promise<SqlFindings> | undefined;

const steps: Record<string, Step> = {
  'generated files': generatedFilesAreCurrent,
  types: command('tsc', '--noEmit'),
  'lint and format': command('biome', 'check', '--error-on-warnings', '.'),
  'printed schema': command('node', '.config/print-schema.ts', '--check'),
  'released schema': releasedClientsStay,
  migrations: migrationsAgree,
  'SQL row types': async () => lines((await checkedSql()).rowTypes),
  'SQL of one organization': async () => lines((await checkedSql()).organizations),
  'import rules': command('vitest', 'run', '--config', '.config/vitest.ts', 'test/house'),
};

function command(name: string, ...args: string[]): Step {
  return () => {
    const file = name === 'node' ? process.execPath : join(root, 'node_modules/.bin', name);
    const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: root, encoding: 'utf8' });
    return status === 0 ? '' : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` || `${name} ended with ${status}`;
  };
}

/** Writes the generated files, and names those that were not current. */
async function generatedFilesAreCurrent(): Promise<string> {
  const before = generatedFiles();
  const failure = await command('node', '.config/generate.ts')();
  if (failure !== '') return failure;
  const after = generatedFiles();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  return changed.length === 0 ? '' : `generated files were not current; now they are: commit them\n${lines(changed)}`;
}

/** Returns the text of each generated file by its path. */
function generatedFiles(): Map<string, string> {
  const paths = globSync('{src,test}/generated/**/*.ts', { cwd: root });
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** One database for all steps. */
function database(): Promise<PGlite> {
  scratch ??= migratedScratch();
  return scratch;
}

async function migrationsAgree(): Promise<string> {
  const change = await database()
    .then(pendingChange)
    .catch((error: Error) => error.message);
  return change === null ? '' : `schema.prisma says what no migration does: run "npm run migration -- NAME" and commit it.\n${change}`;
}

function checkedSql(): Promise<SqlFindings> {
  sql ??= database().then((migrated) => checkSql(migrated));
  return sql;
}

function lines(problems: readonly string[]): string {
  return problems.map((problem) => `${problem}\n`).join('');
}

async function releasedClientsStay(): Promise<string> {
  const breaking = await breakingSinceRelease();
  return breaking && `clients of src/graphql/released.graphql would break:\n${breaking}`;
}

const failed: string[] = [];
for (const [name, step] of Object.entries(steps)) {
  const begun = performance.now();
  const problem = await Promise.try(step).catch((error: Error) => error.message);
  console.log(`${problem === '' ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  if (problem !== '') {
    console.log(problem);
    failed.push(name);
  }
}
await scratch?.then((migrated) => migrated.close()).catch(() => {});
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

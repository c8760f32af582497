// `npm run check`: every check that needs no database server. Each step prints its name and time, and its output only if it fails.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
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
  "types of pages' scripts": command('tsc', '--noEmit', '-p', 'src/web/assets'),
  inbox: inboxIsCurrent,
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
    const file = name === 'node' ? process.execPath : name === 'npm' ? name : join(root, 'node_modules/.bin', name);
    const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: root, encoding: 'utf8' });
    return status === 0 ? '' : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` || `${name} ended with ${status}`;
  };
}

/** Writes the generated files, and names those that were not current. */
function generatedFilesAreCurrent(): Promise<string> {
  return areCurrent('{src,test}/generated/**/*.ts', [command('node', '.config/generate.ts')]);
}

/** Builds the inbox with its own packages and checks its types, and names its built files that were not current. */
function inboxIsCurrent(): Promise<string> {
  const folder = 'src/web/inbox';
  const modified = (path: string) => statSync(join(root, folder, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isInstalled = modified('node_modules/.package-lock.json') >= modified('package-lock.json');
  return areCurrent(`${folder}/{dist/**,operations.json}`, [
    ...(isInstalled ? [] : [command('npm', 'ci', '--prefix', folder, '--no-audit', '--no-fund')]),
    command('node', `${folder}/build.ts`),
    command('tsc', '--noEmit', '-p', folder),
  ]);
}

/** Runs steps that write files, until one fails, and names the files that were not current. */
async function areCurrent(pattern: string, writers: readonly Step[]): Promise<string> {
  const before = textsOf(pattern);
  for (const write of writers) {
    const failure = await write();
    if (failure !== '') return failure;
  }
  const after = textsOf(pattern);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  return changed.length === 0 ? '' : `generated files were not current; now they are: commit them\n${lines(changed)}`;
}

/** Returns the text of each file by its path. */
function textsOf(pattern: string): Map<string, string> {
  const entries = globSync(pattern, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]));
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

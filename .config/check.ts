// `npm run check`: everything that can be known without a database server. Each step prints its name and time, and its output only where it fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { breakingSinceRelease } from './released-schema.ts';
import { pendingChange } from './schema-engine.ts';

const root = join(import.meta.dirname, '..');

/** What is wrong, for people; empty where nothing is. */
type Step = () => string | Promise<string>;

const steps: Record<string, Step> = {
  // Not committed, so up to date is what an install makes now, and what the types below are checked against.
  'generated files': command('node', '.config/generate.ts'),
  types: command('tsc', '--noEmit'),
  'lint and format': command('biome', 'check', '--error-on-warnings', '.'),
  'printed schema': command('node', '.config/print-schema.ts', '--check'),
  'released schema': releasedClientsStay,
  migrations: migrationsAgree,
  'import rules': command('vitest', 'run', '--config', '.config/vitest.ts', 'test/house'),
};

function command(name: string, ...args: string[]): Step {
  return () => {
    const file = name === 'node' ? process.execPath : join(root, 'node_modules/.bin', name);
    const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: root, encoding: 'utf8' });
    return status === 0 ? '' : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` || `${name} ended with ${status}`;
  };
}

async function migrationsAgree(): Promise<string> {
  const sql = await pendingChange().catch((error: Error) => error.message);
  return sql === null ? '' : `schema.prisma says what no migration does: run "npm run migration -- NAME" and commit it.\n${sql}`;
}

async function releasedClientsStay(): Promise<string> {
  const breaking = await breakingSinceRelease();
  return breaking && `clients of src/graphql/released.graphql would break:\n${breaking}`;
}

const failed: string[] = [];
for (const [name, step] of Object.entries(steps)) {
  const begun = performance.now();
  const problem = await step();
  console.log(`${problem === '' ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  if (problem !== '') {
    console.log(problem);
    failed.push(name);
  }
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

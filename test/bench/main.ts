// `npm run bench`: Parley, what people would pick instead, and the floor, side by side over one database. Exit codes: 0 done, 1 failed, 2 wrong usage.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions, UsageError } from './options.ts';

try {
  const options = readOptions();
  // The other modules need packages that an ordinary install does not bring.
  if (!existsSync(join(import.meta.dirname, 'node_modules'))) throw new UsageError('run "npm ci" in test/bench first');
  const { bench } = await import('./bench.ts');
  process.exitCode = (await bench(options)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

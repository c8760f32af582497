// Compiles the documents into artifacts and the manifest of persisted operations, then the pages into `dist`.
import { execFileSync } from 'node:child_process';
import { globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const folder = import.meta.dirname;

// The compiler only adds to the manifest, and only the operations of artifacts that it writes.
for (const artifacts of globSync('src/**/__generated__', { cwd: folder })) rmSync(join(folder, artifacts), { recursive: true });
writeFileSync(join(folder, 'operations.json'), '{}');
execFileSync(join(folder, 'node_modules/.bin/relay-compiler'), ['relay.config.json', '--output', 'quiet-with-errors'], {
  cwd: folder,
  stdio: 'inherit',
});
await build({ root: folder, configFile: join(folder, 'vite-config.ts'), logLevel: 'warn' });

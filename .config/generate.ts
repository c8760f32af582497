// `npm run generate`: writes the Prisma client and the typed documents under src/generated and test/generated. They are committed. Needs no network.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (command: string, ...args: string[]) =>
  execFileSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // Prisma's CLI looks for its schema engine, a download of its own; generating does not use it, so any executable will do.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });

run('prisma', 'generate', '--config', '.config/prisma.ts', '--no-hints');
run('graphql-codegen', '--config', 'codegen.ts', '--silent');

import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../..');

/** Generates the Prisma client of this contender, unless its schema has not changed since. */
export function preparePothos(): void {
  const generated = statSync(join(import.meta.dirname, 'generated/pothos-types.ts'), { throwIfNoEntry: false });
  if (generated !== undefined && generated.mtimeMs > statSync(join(import.meta.dirname, 'schema.prisma')).mtimeMs) return;
  const programs = join(folder, 'node_modules/.bin');
  execFileSync(join(programs, 'prisma'), ['generate', '--config', join(import.meta.dirname, 'prisma-config.ts'), '--no-hints'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    // It runs the generator of Pothos by its name. And it looks for its schema engine, which generating does not use: any executable will do.
    env: {
      ...process.env,
      PATH: `${programs}:${process.env.PATH}`,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
}

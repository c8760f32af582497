import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Release extends AsyncDisposable {
  folder: string;
  addMigration(name: string, sql: string): Promise<void>;
}

/** A copy of this repository's sources, to be changed as a later release would be. */
export async function copyRelease(): Promise<Release> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-release-'));
  // The inbox's packages only build it.
  const filter = (path: string) => !path.endsWith('node_modules');
  for (const path of ['src', 'prisma', '.config', 'package.json']) {
    await cp(join(root, path), join(folder, path), { recursive: true, filter });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    async addMigration(name, sql) {
      await mkdir(join(folder, 'prisma/migrations', name));
      await writeFile(join(folder, 'prisma/migrations', name, 'migration.sql'), sql);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

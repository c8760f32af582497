import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../prisma/migrations');

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, as Prisma writes it. */
  checksum: string;
  /** A release that has this migration, or a later one, can run on the database after this migration. Null: only releases that have this migration itself. */
  needs: string | null;
  /** The tables that it changes. They are locked before it begins. */
  locks: string[];
}

/** The migrations of this release, oldest first. */
export function readMigrations(): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex'), ...readNotes(sql) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads the lines `-- parley: needs NAME` and `-- parley: locks TABLE, TABLE` of a migration. */
export function readNotes(sql: string): Pick<Migration, 'needs' | 'locks'> {
  const [, needs = null] = /^-- parley: needs (\w+)$/m.exec(sql) ?? [];
  const [, locks] = /^-- parley: locks (\w+(?:, \w+)*)$/m.exec(sql) ?? [];
  return { needs, locks: locks?.split(', ') ?? [] };
}

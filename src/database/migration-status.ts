import { OperatorError } from '../errors.ts';
import type { Queryable } from './database.ts';
import { type Migration, readMigrations } from './migration-files.ts';

export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** Applied, but missing in this release: the database is newer. */
  unknown: string[];
  /** Those of `unknown` with which this release cannot run. */
  incompatible: string[];
  /** Applied, then changed in this release. */
  edited: string[];
}

/**
 * The tables of applied migrations. The first is Prisma's, so that `prisma migrate deploy` can be used, too. The second keeps for a migration the oldest one that a
 * release must have to run on the database: an older release reads it there, because it has no file of that migration.
 */
export const bookkeeping = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null, logs text,
  rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0);
  create table if not exists _parley_migrations (migration_name varchar(255) primary key not null, needs varchar(255) not null)`;

export async function migrationStatus(database: Queryable): Promise<MigrationStatus> {
  const migrations = readMigrations();
  const released = new Set(migrations.map(({ name }) => name));
  const applied = await appliedMigrations(database);
  const unknown = [...applied.keys()].filter((name) => !released.has(name));
  const needs = unknown.length === 0 ? new Map<string, string>() : await neededMigrations(database);
  return {
    applied: migrations.filter(({ name }) => applied.has(name)).map(({ name }) => name),
    pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    unknown,
    incompatible: unknown.filter((name) => !released.has(needs.get(name) ?? name)),
    edited: migrations.filter((each) => isEdited(each, applied)).map(({ name }) => name),
  };
}

/** Refuses a database that this release can neither run on nor migrate. @throws OperatorError */
export function refuseMismatch({ applied, pending, unknown, incompatible, edited }: MigrationStatus): void {
  if (applied.length === 0 && unknown.length > 0)
    throw new OperatorError(
      `the table _prisma_migrations holds the migrations of another program, such as ${unknown[0]}: set DATABASE_URL to a database of Parley's own`,
    );
  const unusable = pending.length > 0 ? unknown : incompatible;
  if (unusable.length > 0)
    throw new OperatorError(
      `the database is newer than this release: it has ${unusable.join(', ')}, which this release does not know: install the newer release`,
    );
  if (edited.length > 0)
    throw new OperatorError(
      `the text of ${edited.join(', ')} differs from the one that was applied: restore it, because an applied migration must not be edited`,
    );
}

function isEdited({ name, checksum }: Migration, applied: ReadonlyMap<string, string>): boolean {
  return (applied.get(name) ?? checksum) !== checksum;
}

/** Returns the checksums of the applied migrations by name; empty if the table does not exist yet. */
async function appliedMigrations(database: Queryable): Promise<Map<string, string>> {
  if (!(await exists(database, '_prisma_migrations'))) return new Map();
  const rows = await database.query<{ name: string; checksum: string }>({
    label: 'migration_rows',
    text: `select migration_name as name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
  });
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

/** Returns what migrations need, by their names. */
async function neededMigrations(database: Queryable): Promise<Map<string, string>> {
  if (!(await exists(database, '_parley_migrations'))) return new Map();
  const rows = await database.query<{ name: string; needs: string }>({
    label: 'migration_needed',
    text: 'select migration_name as name, needs from _parley_migrations',
  });
  return new Map(rows.map(({ name, needs }) => [name, needs]));
}

async function exists(database: Queryable, table: string): Promise<boolean> {
  const [found] = await database.query<{ exists: boolean }>({
    label: 'migration_table',
    text: `select to_regclass($1) is not null as "exists"`,
    values: [table],
  });
  return found?.exists === true;
}

import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../errors.ts';
import type { Database, Queryable, Session, Transaction } from './database.ts';

const migrationsFolder = join(import.meta.dirname, '../../prisma/migrations');

interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, as Prisma writes it. */
  checksum: string;
}

export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** In the database, not in this release: the database is newer. */
  unknown: string[];
  /** Applied, then changed in this release. */
  edited: string[];
}

// Prisma's own bookkeeping, so that `prisma migrate deploy` stays usable.
const bookkeeping = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null, logs text,
  rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;
/** The advisory lock that Prisma's migrate takes. */
const lockId = 72_707_369;

export async function migrationStatus(database: Queryable): Promise<MigrationStatus> {
  return compare(await appliedMigrations(database), readMigrations());
}

/** Applies what is missing, each migration in a transaction of its own; safe when several start at once. @returns the names applied */
export async function migrate(database: Database): Promise<string[]> {
  return explainingPrivilege(() =>
    whileNobodyMigrates(database, async (session) => {
      const done: string[] = [];
      for (;;) {
        const name = await session.transaction(applyNext);
        if (name === null) return done;
        done.push(name);
      }
    }),
  );
}

/** Makes the schema this release's, or refuses: an empty or embedded database is migrated, one that is behind only where asked to. */
export async function prepareSchema(database: Database, autoMigrate: boolean): Promise<void> {
  const status = await explainingPrivilege(() => migrationStatus(database));
  refuseStrange(status);
  if (status.pending.length === 0) return;
  if (database.kind === 'postgres' && status.applied.length > 0 && !autoMigrate) {
    // An empty one may be half way, migrated by another process at this moment.
    const { pending } = await whileNobodyMigrates(database, migrationStatus);
    if (pending.length === 0) return;
    throw new OperatorError(
      `the database is behind this release by ${pending.join(', ')}: run "npm run -s parley -- migrate", or start with AUTO_MIGRATE=true`,
    );
  }
  await migrate(database);
}

/** Waits for whoever migrates; nobody else does until the work is done. */
function whileNobodyMigrates<Result>(database: Database, work: (session: Session) => Promise<Result>): Promise<Result> {
  return database.session(async (session) => {
    await session.query({ label: 'migration_lock', text: `select pg_advisory_lock(${lockId})` });
    try {
      return await work(session);
    } finally {
      await session.query({ label: 'migration_unlock', text: `select pg_advisory_unlock(${lockId})` });
    }
  });
}

async function applyNext(tx: Transaction): Promise<string | null> {
  await tx.query({ label: 'migration_bookkeeping', text: bookkeeping });
  const migrations = readMigrations();
  const status = compare(await appliedMigrations(tx), migrations);
  refuseStrange(status);
  const next = migrations.find(({ name }) => name === status.pending[0]);
  if (next === undefined) return null;
  await tx.script(next.sql);
  await tx.query({
    label: 'migration_done',
    text: `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    values: [randomUUID(), next.checksum, next.name],
  });
  return next.name;
}

function refuseStrange({ unknown, edited }: MigrationStatus): void {
  if (unknown.length > 0) {
    throw new OperatorError(
      `the database is newer than this release: it has ${unknown.join(', ')}, which is unknown here; install the newer release`,
    );
  }
  if (edited.length > 0)
    throw new OperatorError(
      `${edited.join(', ')} was applied with another text than this release has: an applied migration must not be edited`,
    );
}

function compare(applied: Map<string, string>, migrations: Migration[]): MigrationStatus {
  const known = new Set(migrations.map(({ name }) => name));
  return {
    applied: migrations.filter(({ name }) => applied.has(name)).map(({ name }) => name),
    pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    unknown: [...applied.keys()].filter((name) => !known.has(name)),
    edited: migrations.filter(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum).map(({ name }) => name),
  };
}

/** Name → checksum of what is applied; empty where the bookkeeping does not exist yet. */
async function appliedMigrations(database: Queryable): Promise<Map<string, string>> {
  const [table] = await database.query<{ exists: boolean }>({
    label: 'migration_table',
    text: `select to_regclass('_prisma_migrations') is not null as "exists"`,
  });
  if (!table?.exists) return new Map();
  const rows = await database.query<{ name: string; checksum: string }>({
    label: 'migration_rows',
    text: `select migration_name as name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
  });
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function readMigrations(): Migration[] {
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function explainingPrivilege<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new OperatorError(`the database user lacks a privilege that migrating needs: ${(error as Error).message}`, { cause: error });
  }
}

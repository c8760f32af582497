import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import type { Database, Queryable, Session } from './database.ts';
import { type Migration, readMigrations } from './migration-files.ts';
import { applyOutside, outsideTransaction } from './outside-transaction.ts';

export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** Applied, but missing in this release: the database is newer. */
  unknown: string[];
  /** Applied, then changed in this release. */
  edited: string[];
}

/** The table of applied migrations. It is Prisma's, so that `prisma migrate deploy` can be used, too. */
export const bookkeeping = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null, logs text,
  rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;
/** The advisory lock that Prisma's migrate takes. */
const lockId = 72_707_369;
const lockRetryMs = 100;

export async function migrationStatus(database: Queryable): Promise<MigrationStatus> {
  return compare(await appliedMigrations(database), readMigrations());
}

/**
 * Applies the pending migrations, each in a transaction of its own, except those that are marked to run outside one. Several processes may call it at once.
 * @returns the names of those that were applied
 */
export async function migrate(database: Database): Promise<string[]> {
  return explainingPrivilege(() =>
    whileNobodyMigrates(database, async (session) => {
      const done: string[] = [];
      await session.query({ label: 'migration_bookkeeping', text: bookkeeping });
      for (;;) {
        const next = await nextMigration(session);
        if (next === undefined) return done;
        await apply(session, next);
        done.push(next.name);
      }
    }),
  );
}

/** Brings the schema to this release. A database on a server that is not empty is migrated with `autoMigrate` only. @throws OperatorError */
export async function prepareSchema(database: Database, autoMigrate: boolean): Promise<void> {
  const status = await explainingPrivilege(() => migrationStatus(database));
  refuseMismatch(status);
  if (status.pending.length === 0) return;
  if (database.kind === 'postgres' && status.applied.length > 0 && !autoMigrate) {
    // Another process may be migrating it now.
    const { pending } = await whileNobodyMigrates(database, migrationStatus);
    if (pending.length === 0) return;
    throw new OperatorError(
      `the database is behind this release by ${pending.join(', ')}: run "npm run -s parley -- migrate", or start with AUTO_MIGRATE=true`,
    );
  }
  await migrate(database);
}

/** Runs `work` while no other process migrates the database. */
function whileNobodyMigrates<Result>(database: Database, work: (session: Session) => Promise<Result>): Promise<Result> {
  return database.session(async (session) => {
    // Not one statement that waits for the lock: a process that builds an index waits for every running statement, so the two would deadlock.
    while (!(await tryLock(session))) await setTimeout(lockRetryMs);
    try {
      return await work(session);
    } finally {
      await session.query({ label: 'migration_unlock', text: `select pg_advisory_unlock(${lockId})` });
    }
  });
}

async function tryLock(session: Session): Promise<boolean> {
  const [lock] = await session.query<{ acquired: boolean }>({
    label: 'migration_lock',
    text: `select pg_try_advisory_lock(${lockId}) as acquired`,
  });
  return lock?.acquired === true;
}

async function nextMigration(session: Session): Promise<Migration | undefined> {
  const migrations = readMigrations();
  const status = compare(await appliedMigrations(session), migrations);
  refuseMismatch(status);
  return migrations.find(({ name }) => name === status.pending[0]);
}

async function apply(session: Session, migration: Migration): Promise<void> {
  const outside = outsideTransaction(migration);
  if (outside !== null) {
    await applyOutside(session, outside);
    return record(session, migration);
  }
  await session.transaction(async (tx) => {
    await tx.script(migration.sql);
    await record(tx, migration);
  });
}

async function record(session: Queryable, { name, checksum }: Migration): Promise<void> {
  await session.query({
    label: 'migration_done',
    text: `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    values: [randomUUID(), checksum, name],
  });
}

function refuseMismatch({ unknown, edited }: MigrationStatus): void {
  if (unknown.length > 0) {
    throw new OperatorError(
      `the database is newer than this release: it has ${unknown.join(', ')}, which this release does not know: install the newer release`,
    );
  }
  if (edited.length > 0)
    throw new OperatorError(
      `the text of ${edited.join(', ')} differs from the one that was applied: restore it, because an applied migration must not be edited`,
    );
}

function compare(applied: Map<string, string>, migrations: Migration[]): MigrationStatus {
  const released = new Set(migrations.map(({ name }) => name));
  return {
    applied: migrations.filter(({ name }) => applied.has(name)).map(({ name }) => name),
    pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    unknown: [...applied.keys()].filter((name) => !released.has(name)),
    edited: migrations.filter(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum).map(({ name }) => name),
  };
}

/** Returns the checksums of the applied migrations by name; empty if the table does not exist yet. */
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

async function explainingPrivilege<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new OperatorError(`the database user lacks a privilege that migrating needs: ${(error as Error).message}`, { cause: error });
  }
}

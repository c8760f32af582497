import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { OperatorError } from '../errors.ts';
import { applyMigration } from './apply-migration.ts';
import type { Database, Session } from './database.ts';
import { foreignDatabase, otherTables } from './foreign-tables.ts';
import { type Migration, readMigrations } from './migration-files.ts';
import { bookkeeping, migrationStatus, refuseMismatch } from './migration-status.ts';

/** The advisory lock that Prisma's migrate takes. */
const lockId = 72_707_369;
const lockRetryMs = 100;

/**
 * Applies the pending migrations, each in a transaction of its own, except those that are marked to run outside one. Several processes may call it at once.
 * @returns the names of those that were applied
 */
export async function migrate(database: Database): Promise<string[]> {
  return explainingPrivilege(() =>
    whileNobodyMigrates(database, async (session) => {
      const done: string[] = [];
      // Before anything is created: the database may be another program's.
      refuseMismatch(await migrationStatus(session));
      await session.transaction((tx) => tx.script(bookkeeping));
      for (;;) {
        const next = await nextMigration(session);
        if (next === undefined) return done;
        await applyMigration(session, next);
        done.push(next.name);
      }
    }),
  );
}

/**
 * Brings the schema to this release. A database on a server that is not empty is migrated with `autoMigrate` only. One with a later release's migrations is used
 * if they allow it. @throws OperatorError
 */
export async function prepareSchema(database: Database, autoMigrate: boolean, log: Logger): Promise<void> {
  // Before the migrations are read: another process may be creating Parley's tables now.
  const others = await otherTables(database);
  const status = await explainingPrivilege(() => migrationStatus(database));
  refuseMismatch(status);
  if (status.unknown.length > 0) log.info({ migrations: status.unknown }, 'the database is newer than this release, which can run on it');
  if (status.pending.length === 0) return;
  if (status.applied.length === 0 && others.length > 0) throw foreignDatabase(others);
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
  const status = await migrationStatus(session);
  refuseMismatch(status);
  return readMigrations().find(({ name }) => name === status.pending[0]);
}

async function explainingPrivilege<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new OperatorError(`the database user lacks a privilege that migrating needs: ${(error as Error).message}`, { cause: error });
  }
}

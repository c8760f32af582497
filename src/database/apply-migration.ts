import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { OperatorError, StatementTimeoutError } from '../errors.ts';
import { isConflict } from './conflicts.ts';
import type { Queryable, Session, Transaction } from './database.ts';
import type { Migration } from './migration-files.ts';
import { applyOutside, outsideTransaction } from './outside-transaction.ts';

/** Less than PostgreSQL's `deadlock_timeout`, 1 second by default: the migration gives way before PostgreSQL ends a request that it waits for. */
const lockMs = 800;
const longestPauseMs = 1_000;
const patienceMs = 600_000;

/** The tables in the order in which ingestion uses them. Tables that are missing here are locked after these. */
const writersOrder = [
  'organizations',
  'phone_numbers',
  'conversations',
  'agents',
  'departments',
  'units',
  'participants',
  'messages',
  'attachments',
  'reactions',
  'consents',
  'events',
];

/** Applies a migration beside running requests. If it cannot lock its tables soon, it lets the requests pass and tries again. @throws OperatorError after 10 minutes */
export async function applyMigration(session: Session, migration: Migration): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      return await applyOnce(session, migration);
    } catch (error) {
      if (!mayRepeat(error)) throw error;
      if (performance.now() - begun > patienceMs)
        throw new OperatorError(
          `${migration.name} could not lock its tables within 10 minutes, because other transactions use them: end those that pg_stat_activity shows as long, and migrate again`,
          { cause: error },
        );
    }
    await setTimeout(Math.random() * longestPauseMs);
  }
}

async function applyOnce(session: Session, migration: Migration): Promise<void> {
  const outside = outsideTransaction(migration);
  if (outside !== null) {
    await applyOutside(session, outside);
    return session.transaction((tx) => record(tx, migration));
  }
  await session.transaction(async (tx) => {
    await tx.script(`set local lock_timeout = ${lockMs}`);
    await lockTables(tx, migration.locks);
    await tx.script(migration.sql);
    await record(tx, migration);
  });
}

/** Other transactions use the tables of a migration. */
class TablesInUseError extends Error {
  override name = 'TablesInUseError';
}

/** Locks all tables within `lockMs`, or none. */
async function lockTables(tx: Transaction, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  const rank = (table: string) => writersOrder.indexOf(table) + 1 || Number.POSITIVE_INFINITY;
  const sorted = tables.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  await tx.script(`set local statement_timeout = ${lockMs}`);
  await tx.script(`lock table ${sorted.map((table) => `"${table}"`).join(', ')} in access exclusive mode`).catch((error: unknown) => {
    throw error instanceof StatementTimeoutError ? new TablesInUseError('tables are in use', { cause: error }) : error;
  });
  await tx.script('set local statement_timeout = 0');
}

function mayRepeat(error: unknown): boolean {
  return (error as { code?: string }).code === '55P03' || error instanceof TablesInUseError || isConflict(error);
}

async function record(tx: Queryable, { name, checksum, needs }: Migration): Promise<void> {
  await tx.query({
    label: 'migration_done',
    text: `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    values: [randomUUID(), checksum, name],
  });
  if (needs === null) return;
  await tx.query({
    label: 'migration_needs',
    text: 'insert into _parley_migrations (migration_name, needs) values ($1, $2) on conflict (migration_name) do update set needs = excluded.needs',
    values: [name, needs],
  });
}

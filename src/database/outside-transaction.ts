import type { Queryable } from './database.ts';
import type { Migration } from './migration-files.ts';

/** The first line of a migration that runs outside a transaction: it builds an index while writers go on, or commits many small steps. */
const mark = '-- parley: no transaction\n';
const building = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY IF NOT EXISTS "([a-z0-9_]+)" ON [^;]+;$/;
/** A block that commits in steps. It can be interrupted, so when it runs again it must skip the steps that are done. */
const committing = /^DO \$\$[^$]*\bCOMMIT;[^$]*\$\$;$/;

/** A migration outside a transaction. `index` is the index that it builds, null for a block. */
interface OutsideTransaction {
  index: string | null;
  sql: string;
}

/** Reads a migration that runs outside a transaction; null if it runs in one. @throws if it has another statement, or several */
export function outsideTransaction({ name, sql }: Migration): OutsideTransaction | null {
  if (!sql.startsWith(mark)) return null;
  const statement = sql.replace(/^--.*\n/gm, '').trim();
  const [, index] = building.exec(statement) ?? [];
  if (index === undefined && !committing.test(statement))
    throw new Error(
      `${name} runs outside a transaction: it must be one CREATE INDEX CONCURRENTLY IF NOT EXISTS "name", or one DO block that commits`,
    );
  return { index: index ?? null, sql: statement };
}

/** Applies a migration. An earlier attempt may have applied a part of it. */
export async function applyOutside(session: Queryable, { index, sql }: OutsideTransaction): Promise<void> {
  if (index !== null) await dropInvalidIndex(session, index);
  await session.query({ label: 'migration_outside_transaction', text: sql, replanned: true });
}

/** An interrupted attempt to build an index leaves an invalid one. */
async function dropInvalidIndex(session: Queryable, index: string): Promise<void> {
  const [invalid] = await session.query({
    label: 'migration_invalid_index',
    text: 'select 1 from pg_index where indexrelid = to_regclass($1) and not indisvalid',
    values: [index],
  });
  if (invalid) await session.query({ label: 'migration_drop_index', text: `drop index concurrently "${index}"`, replanned: true });
}

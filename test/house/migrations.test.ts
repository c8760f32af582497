// Each migration says which releases can run after it, and which tables it locks.
import { expect, test } from 'vitest';
import { changedTables, notesOf } from '../../.config/migration-notes.ts';
import { readMigrations, readNotes } from '../../src/database/migration-files.ts';
import { outsideTransaction } from '../../src/database/outside-transaction.ts';

/** The last migration without notes. An applied migration must not be edited. */
const lastWithoutNotes = '20261121205221_event_readers';

const migrations = readMigrations();
const names = migrations.map(({ name }) => name);

test.each(migrations.filter(({ name }) => name > lastWithoutNotes))('$name', (migration) => {
  const { name, sql, needs, locks } = migration;
  expect(names.slice(0, names.indexOf(name) + 1), 'write "-- parley: needs NAME", an earlier migration or itself').toContain(needs);
  if (outsideTransaction(migration) === null)
    expect(locks, 'write "-- parley: locks TABLE, TABLE"').toEqual(expect.arrayContaining(changedTables(sql)));
});

test('notes name the tables that a migration changes or refers to, but not those that it creates or only validates', () => {
  const sql = `CREATE TABLE "notes" ("id" UUID NOT NULL);
    ALTER TABLE "messages" ADD COLUMN "a" INT;
    ALTER TABLE "notes" ADD CONSTRAINT "k" FOREIGN KEY ("id") REFERENCES "organizations"("id") ON DELETE NO ACTION;
    CREATE INDEX "i" ON "agents"("id");
    CREATE TRIGGER "t" BEFORE INSERT ON "units" FOR EACH ROW EXECUTE FUNCTION "f"();
    ALTER TABLE "consents" VALIDATE CONSTRAINT "c";
    CREATE VIEW "v" AS SELECT 1 FROM "a" JOIN "b" ON "a"."id" = "b"."id";`;
  const notes = notesOf(sql, 'before');
  expect(notes).toBe('-- parley: needs before\n-- parley: locks agents, messages, organizations, units\n');
  expect(readNotes(notes + sql)).toEqual({ needs: 'before', locks: ['agents', 'messages', 'organizations', 'units'] });
});

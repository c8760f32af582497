import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { copyTemplate } from '../support/database.ts';
import { environmentOf, parley } from './parley.ts';
import { copyRelease } from './release.ts';

const next = '29991231235959_next_index';
const mark = '-- parley: no transaction\n';
const statement = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS "next_index" ON "messages" ("status");';

/** A database of this release, and a later release with one migration more. */
async function laterRelease(sql: string) {
  const release = await copyRelease();
  await release.addMigration(next, sql);
  const { config, drop } = await copyTemplate();
  onTestFinished(async () => {
    await drop();
    await release[Symbol.asyncDispose]();
  });
  return {
    migrate: () => parley(environmentOf(config), ['migrate', '--json'], release.folder),
    async open() {
      const database = await openDatabase(config, pino({ level: 'silent' }));
      onTestFinished(() => database.close());
      return database;
    },
  };
}

const migrated = { code: 0, stderr: '', stdout: `${JSON.stringify({ migrated: [next] })}\n` };
const builtIndex = {
  label: 'test_index',
  text: `select indisvalid as valid from pg_index where indexrelid = to_regclass('next_index')`,
};

test('a migration that is marked for it builds its index outside a transaction', async () => {
  const { migrate, open } = await laterRelease(`${mark}-- For the test.\n${statement}\n`);
  expect(await migrate()).toMatchObject(migrated);
  expect(await migrate()).toMatchObject({ code: 0, stdout: '{"migrated":[]}\n' });
  expect(await (await open()).query(builtIndex)).toEqual([{ valid: true }]);
});

test.each([
  ['two statements', `${statement}\nselect 1;`],
  ['a statement that cannot be repeated', statement.replace(' IF NOT EXISTS', '')],
  ['another statement', 'create table next_release (id int);'],
  ['a block that commits nothing', 'DO $$ BEGIN PERFORM 1; END; $$;'],
])('a marked migration with %s is refused and changes nothing', async (_name, sql) => {
  const { migrate, open } = await laterRelease(`${mark}${sql}\n`);
  const refused = await migrate();
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(
    `${next} runs outside a transaction: it must be one CREATE INDEX CONCURRENTLY IF NOT EXISTS "name", or one DO block`,
  );
  expect(await (await open()).query(builtIndex)).toEqual([]);
});

test('a marked block keeps what it committed and continues from there', async () => {
  const sql = `DO $$
    BEGIN
      IF to_regclass('step_1') IS NULL THEN
        CREATE TABLE step_1 (id int);
        COMMIT;
        RAISE 'interrupted';
      END IF;
      CREATE TABLE step_2 (id int);
    END;
    $$;`;
  const { migrate, open } = await laterRelease(`${mark}${sql}\n`);
  expect(await migrate()).toMatchObject({ code: 1, stderr: expect.stringContaining('interrupted') });
  expect(await migrate()).toMatchObject(migrated);
  const text = "select to_regclass('step_1')::text as one, to_regclass('step_2')::text as two";
  expect(await (await open()).query({ label: 'test_steps', text })).toEqual([{ one: 'step_1', two: 'step_2' }]);
});

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  test('writers do not wait while the index is built', async () => {
    const { migrate, open } = await laterRelease(`${mark}${statement}\n`);
    const [database, other] = [await open(), await open()];
    const write = { label: 'test_write', text: "update messages set status = 'SENT' where false" };
    const migrating = await database.transaction(async (tx) => {
      await tx.query(write);
      // The build waits for this transaction, which has written.
      const outcome = migrate();
      await vi.waitFor(async () => {
        const waiting = "wait_event_type = 'Lock' and query like '%next_index%'";
        const text = `select 1 from pg_stat_activity where datname = current_database() and ${waiting}`;
        // Not in the transaction, which would see the same activity each time.
        expect(await other.query({ label: 'test_waiting', text })).toHaveLength(1);
      }, 30_000);
      await other.transaction(async (second) => {
        await second.script("set local lock_timeout = '10s'");
        await second.query(write);
      });
      return { outcome };
    });
    expect(await migrating.outcome).toMatchObject(migrated);
    expect(await database.query(builtIndex)).toEqual([{ valid: true }]);
  });

  test('an index that an interrupted build left invalid is built again', async () => {
    const { migrate, open } = await laterRelease(`${mark}${statement}\n`);
    const database = await open();
    await database.transaction(async (tx) => {
      await tx.script('create index next_index on messages (status)');
      await tx.script("update pg_index set indisvalid = false where indexrelid = 'next_index'::regclass");
    });
    expect(await migrate()).toMatchObject(migrated);
    expect(await database.query(builtIndex)).toEqual([{ valid: true }]);
  });
});

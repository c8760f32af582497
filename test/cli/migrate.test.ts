import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase } from '../database/empty.ts';
import { copyTemplate } from '../support/database.ts';
import { environmentOf, parley } from './parley.ts';
import { copyRelease, type Release } from './release.ts';

const next = '29991231235959_next';

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(join(import.meta.dirname, '../../prisma/migrations'), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

describe('an empty database', () => {
  test('--status changes nothing, migrate applies everything once', async () => {
    const { config, drop } = await emptyDatabase();
    const env = environmentOf(config);
    const names = await migrationNames();
    const status = () => parley(env, ['migrate', '--status', '--json']);
    for (let time = 0; time < 2; time++) {
      const before = await status();
      // A script can use it as a condition.
      expect(before).toMatchObject({ code: 1, stderr: '' });
      expect(JSON.parse(before.stdout)).toEqual({ applied: [], pending: names, unknown: [], incompatible: [], edited: [] });
    }
    const migrated = await parley(env, ['migrate', '--json']);
    expect(migrated).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(migrated.stdout)).toEqual({ migrated: names });
    expect(JSON.parse((await parley(env, ['migrate', '--json'])).stdout)).toEqual({ migrated: [] });
    const after = await status();
    expect(after.code).toBe(0);
    expect(JSON.parse(after.stdout)).toMatchObject({ applied: names, pending: [] });
    expect((await parley(env, ['migrate', '--status'])).stdout).toBe(names.map((name) => `applied   ${name}\n`).join(''));
    await drop();
  });

  test.runIf(process.env.TEST_DATABASE_URL)('is migrated once by three that start together', async () => {
    const { config, drop } = await emptyDatabase();
    const env = environmentOf(config);
    const outcomes = await Promise.all([
      parley(env, ['migrate', '--json']),
      parley(env, ['migrate', '--json']),
      parley(env, ['org', 'list', '--json']),
    ]);
    expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(3).fill({ code: 0, stderr: '' }));
    const migrated = outcomes.slice(0, 2).flatMap(({ stdout }) => JSON.parse(stdout).migrated);
    expect(new Set(migrated).size).toBe(migrated.length);
    await drop();
  });

  test('a migration that fails changes nothing', async () => {
    await using release = await copyRelease();
    await release.addMigration(next, 'create table half_done (id int); select 1 / 0;');
    const { config, drop } = await emptyDatabase();
    const failed = await parley(environmentOf(config), ['migrate'], release.folder);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toMatch(/^error: .*division by zero.*\n$/);
    const status = JSON.parse((await parley(environmentOf(config), ['migrate', '--status', '--json'], release.folder)).stdout);
    expect(status).toMatchObject({ applied: await migrationNames(), pending: [next] });
    await drop();
  });
});

describe('a later release', () => {
  let later: Release;
  let env: Record<string, string>;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    later = await copyRelease();
    await later.addMigration(next, 'create table next_release (id int);');
    const copy = await copyTemplate();
    env = environmentOf(copy.config);
    drop = copy.drop;
  });
  afterAll(async () => {
    await later[Symbol.asyncDispose]();
    await drop();
  });

  test('finds the database older; after its migration this release finds it newer', async () => {
    const command = ['org', 'list', '--json'];
    const behind = await parley(env, command, later.folder);
    if ('DATABASE_URL' in env) {
      expect(behind).toMatchObject({ code: 1, stdout: '' });
      expect(behind.stderr).toMatch(
        /^error: the database is behind this release by 29991231235959_next: run .*migrate.* or start with AUTO_MIGRATE=true\n$/,
      );
      expect(await parley({ ...env, AUTO_MIGRATE: 'true' }, command, later.folder)).toMatchObject({ code: 0 });
    } else {
      // The embedded database is this process's own: it is brought up to date at once.
      expect(behind).toMatchObject({ code: 0, stdout: '[]\n' });
    }
    for (const refused of [command, ['migrate']]) {
      const newer = await parley(env, refused);
      expect(newer).toMatchObject({ code: 1, stdout: '' });
      expect(newer.stderr).toMatch(/^error: the database is newer than this release: it has 29991231235959_next, .*\n$/);
    }
    expect((await parley(env, ['migrate', '--status'])).stdout).toContain(`unknown   ${next}\n`);
  });

  test('whose migration lets this release run: this release serves and migrates nothing', async () => {
    await using compatible = await copyRelease();
    const [last = ''] = (await migrationNames()).slice(-1);
    await compatible.addMigration(
      next,
      `-- parley: needs ${last}\n-- parley: locks agents\nALTER TABLE "agents" ADD COLUMN "nickname" TEXT;`,
    );
    const copy = await copyTemplate();
    const own = environmentOf(copy.config);
    expect(await parley(own, ['migrate', '--json'], compatible.folder)).toMatchObject({ code: 0, stdout: `{"migrated":["${next}"]}\n` });
    expect(await parley(own, ['org', 'list', '--json'])).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
    expect(await parley(own, ['migrate', '--json'])).toEqual({ code: 0, stdout: '{"migrated":[]}\n', stderr: '' });
    const status = await parley(own, ['migrate', '--status']);
    expect(status.code).toBe(0);
    expect(status.stdout).toContain(`newer     ${next}\n`);

    // A release before the one that the migration needs.
    await using older = await copyRelease();
    await rm(join(older.folder, 'prisma/migrations', last), { recursive: true });
    const refused = await parley(own, ['org', 'list'], older.folder);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(new RegExp(`^error: the database is newer than this release: it has (${last}, )?${next}, .*\\n$`));
    await copy.drop();
  });

  test('that edited an applied migration is refused', async () => {
    await using edited = await copyRelease();
    const [first = ''] = await migrationNames();
    await appendFile(join(edited.folder, 'prisma/migrations', first, 'migration.sql'), '\n-- one more thought');
    const copy = await copyTemplate();
    for (const command of [['org', 'list'], ['migrate']]) {
      const refused = await parley(environmentOf(copy.config), command, edited.folder);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toBe(
        `error: the text of ${first} differs from the one that was applied: restore it, because an applied migration must not be edited\n`,
      );
    }
    expect((await parley(environmentOf(copy.config), ['migrate', '--status'], edited.folder)).stdout).toContain(`edited    ${first}\n`);
    await copy.drop();
  });
});

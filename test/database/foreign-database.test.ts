// A database of another program is not touched by accident.
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { environmentOf, parley } from '../cli/parley.ts';
import { run } from '../main/start.ts';
import { emptyDatabase } from './empty.ts';

/** A database after this SQL. */
async function databaseWith(sql: string) {
  const { config, drop } = await emptyDatabase();
  const env = environmentOf(config);
  const query = async (text: string) => {
    const client = new pg.Client(env.DATABASE_URL);
    await client.connect();
    const { rows } = await client.query(text);
    await client.end();
    return rows;
  };
  onTestFinished(drop);
  await query(sql);
  const tables = () => query("select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')");
  return { env, tables };
}

const refusal = (names: string) =>
  `the database has tables that are not Parley's (${names}): set DATABASE_URL to an empty database, or run "npm run -s parley -- migrate" to create Parley's tables beside them\n`;

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  test('the server and commands refuse a database with tables of another program, until it is migrated on purpose', async () => {
    const { env, tables } = await databaseWith('create table orders (id int); create view open_orders as select * from orders');
    const before = await tables();
    const server = run('src/main.ts', { ...env, PORT: '0', AUTO_MIGRATE: 'true' });
    expect(await server.exit).toBe(1);
    expect(server.output).toEqual({ stdout: '', stderr: refusal('open_orders, orders') });
    expect(await parley(env, ['org', 'list'])).toEqual({ code: 1, stdout: '', stderr: `error: ${refusal('open_orders, orders')}` });
    expect(await tables()).toEqual(before);
    expect(await parley(env, ['migrate'])).toMatchObject({ code: 0, stderr: '' });
    expect(await parley(env, ['org', 'list', '--json'])).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  test('the refusal names three tables', async () => {
    const { env } = await databaseWith(
      'create table a (id int); create table b (id int); create table c (id int); create table d (id int)',
    );
    expect((await parley(env, ['org', 'list'])).stderr).toBe(`error: ${refusal('a, b, c, …')}`);
  });

  test('the migrations of another program that uses Prisma are refused, also by migrate', async () => {
    const { env, tables } = await databaseWith(
      `create table _prisma_migrations (migration_name text, checksum text, finished_at timestamptz, rolled_back_at timestamptz);
        insert into _prisma_migrations values ('20200101000000_init', 'abc', now(), null)`,
    );
    const before = await tables();
    for (const command of [['org', 'list'], ['migrate']])
      expect(await parley(env, command)).toEqual({
        code: 1,
        stdout: '',
        stderr:
          "error: the table _prisma_migrations holds the migrations of another program, such as 20200101000000_init: set DATABASE_URL to a database of Parley's own\n",
      });
    const doctor = JSON.parse((await parley(env, ['doctor', '--json'])).stdout);
    expect(doctor.checks).toContainEqual({
      check: 'migrations',
      state: 'problem',
      text: 'the table _prisma_migrations holds the migrations of another program, such as 20200101000000_init',
      action: "set DATABASE_URL to a database of Parley's own",
    });
    expect(await tables()).toEqual(before);
  });

  test('an extension and tables in other schemas are no obstacle', async () => {
    const { env } = await databaseWith('create extension pg_stat_statements; create schema other; create table other.orders (id int)');
    expect(await parley(env, ['org', 'list', '--json'])).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });
});

import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { OperatorError, UnavailableError } from '../errors.ts';
import type { Session, Statement, Transaction } from './database.ts';
import { type Driver, int8 } from './driver.ts';
import { listenOnServer } from './postgres-listen.ts';

const connectionTimeoutMs = 5_000;
const poolSize = 10;

/** Connects to a PostgreSQL server. @throws OperatorError with one line for a wrong URL, an unreachable server, a refused login */
export async function openPostgres(url: string): Promise<Driver> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectionTimeoutMs,
    options: '-c timezone=UTC',
    application_name: 'parley',
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
  });
  // A connection that dies while idle is replaced by the pool; without a listener the process would end.
  pool.on('error', () => {});
  try {
    const { rows } = await pool.query<{ timezone: string; version: number }>(
      "select current_setting('TimeZone') as timezone, current_setting('server_version_num')::int as version",
    );
    const [server] = rows;
    if (server?.timezone !== 'UTC') throw new OperatorError(`the database session's time zone is ${server?.timezone}, not UTC`);
    if (server.version < 140_000) throw new OperatorError(`PostgreSQL 14 or later is needed; the server is ${server.version}`);
  } catch (error) {
    await pool.end();
    throw error instanceof OperatorError ? error : new OperatorError(explain(error, url));
  }
  return {
    kind: 'postgres',
    adapter: new PrismaPg(tellingUnavailable(pool)),
    query: (statement) => runAgainOnceStale(pool, statement),
    transaction: (work) => withClient(pool, (client) => inTransaction(client, work)),
    session: (work) => withClient(pool, (client) => work(sessionOn(client))),
    listen: (channels, listener) =>
      listenOnServer(
        { connectionString: url, connectionTimeoutMillis: connectionTimeoutMs, application_name: 'parley listening' },
        channels,
        listener,
      ),
    close: () => pool.end(),
  };
}

function sessionOn(client: pg.PoolClient): Session {
  return { query: (statement) => run(client, statement), transaction: (work) => inTransaction(client, work) };
}

async function withClient<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unavailable(error);
  });
  // While checked out, the pool does not listen for a broken connection.
  const ignore = () => {};
  client.on('error', ignore);
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    broken = error instanceof UnavailableError;
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

async function inTransaction<Result>(client: pg.PoolClient, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const script = async (text: string) => void (await client.query(text).catch((error: unknown) => Promise.reject(unavailable(error))));
  await script('begin');
  try {
    const result = await work({ query: (statement) => run(client, statement), script });
    await script('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Outside a transaction, a plan that a migration made stale (0A000) is prepared anew once. */
async function runAgainOnceStale<Row extends object>(pool: pg.Pool, statement: Statement): Promise<Row[]> {
  try {
    return await run<Row>(pool, statement);
  } catch (error) {
    if ((error as { code?: string }).code !== '0A000') throw error;
    return run<Row>(pool, { ...statement, label: `${statement.label}_again` });
  }
}

async function run<Row extends object>(
  client: pg.Pool | pg.PoolClient,
  { label, text, values = [], replanned }: Statement,
): Promise<Row[]> {
  try {
    const named = replanned ? {} : { name: preparedName(label, text) };
    const result = await client.query({ ...named, text, values: values as unknown[] });
    return result.rows as Row[];
  } catch (error) {
    throw unavailable(error);
  }
}

const preparedNames = new Map<string, string>();

/** One name a text, at most 63 bytes. */
function preparedName(label: string, text: string): string {
  const key = `${label}\n${text}`;
  let name = preparedNames.get(key);
  if (name === undefined) {
    name = `${label.slice(0, 40)}_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
    preparedNames.set(key, name);
  }
  return name;
}

function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === int8.oid) return int8.parse;
  if (oid === int8.arrayOid)
    return (text: string) =>
      (pg.types.getTypeParser(int8.arrayOid as never)(text) as (string | null)[]).map((item) => item && Number(item));
  return pg.types.getTypeParser(oid, format as 'text');
}

/** The same pool for Prisma, which would make errors of its own of those that say that the database does not answer: what it does not know it passes on. */
function tellingUnavailable(pool: pg.Pool): pg.Pool {
  const query = (config: pg.QueryConfig) => pool.query(config).catch((error: unknown) => Promise.reject(unavailable(error)));
  return new Proxy(pool, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)) });
}

/** Lost or refused connections, too many of them, a server that shuts down: what trying again may mend. */
function unavailable(error: unknown): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const lost =
    /^(08...|57P0[1-5]|53300|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/i.test(message);
  return lost ? new UnavailableError('the database does not answer', { cause: error }) : error;
}

function explain(error: unknown, url: string): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: { message: string }[] };
  const { host, pathname, username } = new URL(url);
  const database = decodeURIComponent(pathname.slice(1));
  if (code === '3D000') return `there is no database "${database}" on ${host}: create it (createdb ${database}), or correct DATABASE_URL`;
  if (code === '28P01' || code === '28000')
    return `the server at ${host} refuses the login of "${username}": check user and password in DATABASE_URL`;
  if (code === '42501') return `"${username}" may not connect to "${database}" on ${host}: ${message}`;
  return `no PostgreSQL server answers at ${host} (DATABASE_URL): ${errors?.[0]?.message ?? message}`;
}

import pg from 'pg';
import { OperatorError } from '../errors.ts';
import { Caller } from './caller.ts';
import type { Statement } from './database.ts';
import { type Driver, type DriverSession, type DriverTransaction, int8 } from './driver.ts';
import { LightStatements } from './light-statements.ts';
import { type Connection, Connections, defaultPlanning } from './postgres-connections.ts';
import { ConnectionLostError } from './postgres-errors.ts';
import { listenOnServer } from './postgres-listen.ts';
import { prismaOnConnection, prismaOnPool } from './postgres-prisma.ts';
import { Readiness } from './postgres-ready.ts';
import { run, runAll, runOutside } from './postgres-statements.ts';
import { limitsOf } from './queue-limits.ts';
import { parseTimestamp } from './timestamps.ts';

const connectionTimeoutMs = 5_000;

/** Connects to a PostgreSQL server with a pool of `size` connections. A statement outside a session may run for `statementTimeoutMs`; 0 is no limit. @throws OperatorError with one line for a wrong URL, an unreachable server, a refused login */
export async function openPostgres(url: string, size: number, statementTimeoutMs: number): Promise<Driver> {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: connectionTimeoutMs,
    // Event positions and locks are written for READ COMMITTED, whatever the role's or the database's default is.
    options: `-c timezone=UTC -c statement_timeout=${statementTimeoutMs} -c plan_cache_mode=${defaultPlanning} -c default_transaction_isolation=read\\ committed`,
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
    if (server.version < 140_000) throw new OperatorError(`PostgreSQL 14 or later is needed: the server has version ${server.version}`);
  } catch (error) {
    await pool.end();
    throw error instanceof OperatorError ? error : new OperatorError(explain(error, url));
  }
  const connections = new Connections(pool, limitsOf(size, connectionTimeoutMs));
  const readiness = new Readiness(connections, {
    connectionString: url,
    connectionTimeoutMillis: connectionTimeoutMs,
    query_timeout: connectionTimeoutMs,
    application_name: 'parley ready',
  });
  const bySystem = handleOf(connections, null);
  return {
    kind: 'postgres',
    adapter: prismaOnPool(connections),
    ...bySystem,
    for: (options) => handleOf(connections, new Caller(options)),
    session: (work) =>
      connections.use(null, async (connection) => {
        await connection.plan('auto');
        return withoutTimeout(connection, () => work(sessionOn(connection)));
      }),
    listen: (channels, listener) =>
      listenOnServer(
        { connectionString: url, connectionTimeoutMillis: connectionTimeoutMs, application_name: 'parley listening' },
        channels,
        listener,
      ),
    poolUse: () => connections.poolUse,
    ready: () => readiness.ask(),
    close: async () => {
      await readiness.close();
      await pool.end();
    },
  };
}

/** The statements of one caller, or of the gateway itself. */
function handleOf(connections: Connections, caller: Caller | null): DriverSession {
  const light = new LightStatements((statements) => connections.use(caller, (connection) => runAll(connection, statements)));
  return {
    query: <Row extends object>(statement: Statement) =>
      statement.light
        ? (light.run(statement) as Promise<Row[]>)
        : connections.use(caller, (connection) => runOutside<Row>(connection, statement)),
    transaction: (work) => connections.use(caller, (connection) => inTransaction(connection, work)),
  };
}

function sessionOn(connection: Connection): DriverSession {
  return { query: (statement) => run(connection, statement), transaction: (work) => inTransaction(connection, work) };
}

/** Lets each statement of a session run for as long as it needs: to migrate, to import. */
async function withoutTimeout<Result>(connection: Connection, work: () => Promise<Result>): Promise<Result> {
  await connection.query({ text: 'set statement_timeout = 0' });
  try {
    return await work();
  } finally {
    await connection.query({ text: 'reset statement_timeout' });
  }
}

async function inTransaction<Result>(connection: Connection, work: (tx: DriverTransaction) => Promise<Result>): Promise<Result> {
  // PostgreSQL chooses how it plans: writes handle one row or thousands with the same statement.
  await connection.uninterrupted({ text: 'begin; set local plan_cache_mode = auto' });
  try {
    const result = await work({
      query: (statement) => run(connection, statement),
      script: async (text) => void (await connection.query({ text })),
      prisma: () => prismaOnConnection(connection),
    });
    connection.throwIfDisconnected();
    await connection.uninterrupted({ text: 'commit' });
    return result;
  } catch (error) {
    // A connection that cannot roll back is lost: it must not reach the next caller inside a transaction.
    if (!(error instanceof ConnectionLostError)) await connection.uninterrupted({ text: 'rollback' });
    throw error;
  }
}

function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === int8.oid) return int8.parse;
  if (oid === int8.arrayOid)
    return (text: string) =>
      (pg.types.getTypeParser(int8.arrayOid as never)(text) as (string | null)[]).map((item) => item && Number(item));
  const parser = pg.types.getTypeParser(oid, format as 'text');
  if (oid !== pg.types.builtins.TIMESTAMPTZ || format === 'binary') return parser;
  return (text: string) => parseTimestamp(text) ?? parser(text);
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

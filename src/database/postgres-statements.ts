import { DisconnectedError } from '../errors.ts';
import type { Statement } from './database.ts';
import { type Connection, defaultPlanning } from './postgres-connections.ts';
import { ConnectionLostError } from './postgres-errors.ts';

/** Runs a statement in a transaction or a session. */
export async function run<Row extends object>(
  connection: Connection,
  statement: Statement,
  name = connection.nameOf(statement),
): Promise<Row[]> {
  const { text, values = [] } = statement;
  const result = await connection.query({ name, text, values: values as unknown[] });
  return result.rows as Row[];
}

/** Runs a statement outside transactions and sessions. One whose prepared plan a migration made stale (0A000) is run once more without it. */
export async function runOutside<Row extends object>(connection: Connection, statement: Statement): Promise<Row[]> {
  try {
    return await runOnce<Row>(connection, statement);
  } catch (error) {
    if ((error as { code?: string }).code !== '0A000') throw error;
    return runOnce<Row>(connection, { ...statement, replanned: true });
  }
}

/**
 * A prepared statement has one plan for all values. PostgreSQL plans any other for its values, because it meets it for the first time. `force_custom_plan` would also
 * plan the statements of triggers for each row.
 */
async function runOnce<Row extends object>(connection: Connection, statement: Statement): Promise<Row[]> {
  const name = connection.nameOf(statement);
  await connection.plan(name === undefined ? 'auto' : defaultPlanning);
  const prepared = connection.prepared(name, statement);
  if (prepared === null) return run(connection, statement, name);
  const [rows = []] = await connection.together([prepared]);
  return rows as Row[];
}

/**
 * Runs light statements: in one round trip if the connection has prepared all of them, otherwise one by one. @returns the outcome of each
 * @throws ConnectionLostError, DisconnectedError
 */
export async function runAll(connection: Connection, statements: readonly Statement[]): Promise<PromiseSettledResult<object[]>[]> {
  const batch = statements.map((each) => connection.prepared(connection.nameOf(each), each)).filter((each) => each !== null);
  if (batch.length > 1 && batch.length === statements.length) {
    await connection.plan(defaultPlanning);
    const outcome = await outcomeOf(connection.together(batch));
    if (outcome.status === 'fulfilled') return outcome.value.map((value) => ({ status: 'fulfilled', value }));
    // The server did not run those after the one that failed.
  }
  const outcomes: PromiseSettledResult<object[]>[] = [];
  for (const each of statements) outcomes.push(await outcomeOf(runOutside(connection, each)));
  return outcomes;
}

async function outcomeOf<Result>(running: Promise<Result>): Promise<PromiseSettledResult<Result>> {
  try {
    return { status: 'fulfilled', value: await running };
  } catch (reason) {
    if (reason instanceof ConnectionLostError || reason instanceof DisconnectedError) throw reason;
    return { status: 'rejected', reason };
  }
}

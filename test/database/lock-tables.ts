import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import type { App } from '../../src/app.ts';
import { databaseUrl } from '../support/gateway.ts';

/** Stops every statement on these tables until it is released, at the latest at the end of the test. The connection is none of the app's. */
export async function lockTables(app: App, ...tables: string[]) {
  const client = new pg.Client(await databaseUrl(app));
  await client.connect();
  await client.query(`begin; lock table ${tables.join(', ')} in access exclusive mode`);
  let ended: Promise<void> | undefined;
  const release = () => {
    ended ??= client.end();
    return ended;
  };
  onTestFinished(release);
  const stopped = () => count(client, "wait_event_type = 'Lock'");
  const busy = () => count(client, "application_name = 'parley' and state <> 'idle'");
  return {
    release,
    /** Counts the connections whose statement waits for the lock. */
    stopped,
    /** Waits until the lock stops so many statements. */
    toStop: (connections: number) => expect.poll(stopped, patience).toBe(connections),
    /** Waits until no connection of the app runs a statement or is inside a transaction. */
    toEnd: () => expect.poll(busy, patience).toBe(0),
  };
}

/** A slow machine is no failure. */
const patience = { timeout: 20_000 };

async function count(client: pg.Client, condition: string): Promise<number> {
  // In a transaction, the server shows the activity of its first look again and again.
  await client.query('select pg_stat_clear_snapshot()');
  const { rows } = await client.query(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
  );
  return rows[0].count;
}

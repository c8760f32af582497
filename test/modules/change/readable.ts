import type { Database } from '../../../src/database/database.ts';

/**
 * Resolves once all committed events can be read: when every transaction that is writing now, in any database of the server, has ended. Other test files use
 * the same server.
 */
export async function readable(database: Database): Promise<void> {
  const [now] = await database.query<{ end: number }>({
    label: 'test_next',
    text: 'select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as "end"',
  });
  for (;;) {
    const [{ ended } = { ended: false }] = await database.query<{ ended: boolean }>({
      label: 'test_ended',
      text: 'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= $1 as ended',
      values: [now?.end],
    });
    if (ended) return;
  }
}

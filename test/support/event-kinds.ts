import type { Database } from '../../src/database/database.ts';

/** Returns the kinds of an organization's events, oldest first. */
export async function eventKinds(database: Database, organizationId: string): Promise<string[]> {
  const rows = await database.query<{ kind: string }>({
    label: 'test_events',
    text: 'select kind from events where organization_id = $1 order by transaction_id, id',
    values: [organizationId],
  });
  return rows.map(({ kind }) => kind);
}

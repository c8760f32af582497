import type { Database } from '../../src/database/database.ts';

/** The kind of each event that an organization was told, oldest first. */
export async function eventKinds(database: Database, organizationId: string): Promise<string[]> {
  const rows = await database.query<{ kind: string }>({
    label: 'test_events',
    text: 'select kind from events where organization_id = $1 order by transaction_id, id',
    values: [organizationId],
  });
  return rows.map(({ kind }) => kind);
}

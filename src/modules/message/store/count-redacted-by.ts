import type { Queryable } from '../../../database/database.ts';

/** Returns the number of messages whose content a window of so many days would redact now. A window that is not shorter than the current one redacts none. */
export async function countRedactedBy(database: Queryable, organizationId: string, days: number): Promise<number> {
  const [row] = await database.query<{ count: number }>({
    label: 'retention_count',
    // The first bound leaves out messages that are redacted already, for each of which the view would read the history of policies.
    text: `select count(*) from retention_cutoffs c
      join visible_messages m on m.organization_id = $1 and m.created_at > c.through and m.created_at <= now() - $2 * interval '24 hours'
      where c.organization_id = $1 and m.redacted_at is null and m.deleted_at is null`,
    values: [organizationId, days],
  });
  return row?.count ?? 0;
}

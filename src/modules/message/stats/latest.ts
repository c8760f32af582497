import type { Queryable } from '../../../database/database.ts';

/** Returns the time of the organization's latest message; null if it has none. */
export async function latestMessageAt(database: Queryable, organizationId: string): Promise<Date | null> {
  const [latest] = await database.query<{ createdAt: Date }>({
    label: 'message_stats_latest',
    text: `select m.created_at as "createdAt" from visible_messages m where m.organization_id = $1::uuid order by m.created_at desc, m.id desc limit 1`,
    values: [organizationId],
  });
  return latest?.createdAt ?? null;
}

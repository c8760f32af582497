import type { Queryable } from '../../../database/database.ts';

/** Returns the time at which the oldest message that still has search tokens passed its retention window; null: none has passed it. For the operator. */
export async function oldestExpired(database: Queryable): Promise<Date | null> {
  const [row] = await database.query<{ since: Date | null }>({
    label: 'search_tokens_oldest_expired',
    text: `select min(v.redacted_at) as since from retention_cutoffs r
      cross join lateral (
        select id from messages where organization_id = r.organization_id and created_at <= r.through and search_vector is not null
        order by created_at, id limit 1) m
      join visible_messages v on v.organization_id = r.organization_id and v.id = m.id
      where r.through > '-infinity'`,
  });
  return row?.since ?? null;
}

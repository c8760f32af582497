import type { Queryable } from '../../../database/database.ts';

const batchSize = 1_000;

/**
 * Clears the search tokens of messages past their retention window, in bounded batches; their content columns stay unchanged. The next call clears the messages that
 * another transaction has locked. @returns the number of messages cleared
 */
export async function clearExpiredTokens(database: Queryable, stopped?: AbortSignal): Promise<number> {
  let cleared = 0;
  while (!stopped?.aborted) {
    const batch = await clearBatch(database);
    cleared += batch;
    if (batch < batchSize) break;
  }
  return cleared;
}

async function clearBatch(database: Queryable): Promise<number> {
  const rows = await database.query<{ id: string }>({
    label: 'search_tokens_clear',
    text: `with expired as materialized (
        select m.organization_id, m.id from retention_cutoffs r
        cross join lateral (
          select organization_id, id from messages
          where organization_id = r.organization_id and created_at <= r.through and search_vector is not null
          order by created_at, id limit ${batchSize} for no key update skip locked) m
        where r.through > '-infinity' limit ${batchSize})
      update messages m set search_vector = null from expired e where m.organization_id = e.organization_id and m.id = e.id returning m.id`,
  });
  return rows.length;
}

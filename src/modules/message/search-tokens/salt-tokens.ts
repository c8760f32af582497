import type { Queryable } from '../../../database/database.ts';
import { nilUuid } from '../../../values/ids.ts';

const batchSize = 1_000;

/**
 * Gives salted search tokens to the messages of an earlier release, in bounded batches. Searches of an organization use the salted tokens once all of its
 * messages have them; a message that another transaction has locked is left to the next call. @returns the number of messages changed
 */
export async function saltTokens(database: Queryable, stopped?: AbortSignal): Promise<number> {
  const organizations = await database.query<{ id: string }>({
    label: 'search_salt_organizations',
    text: 'select id from organizations where search_salted_at is null order by id',
  });
  let salted = 0;
  for (const { id } of organizations) {
    let after: string | undefined = nilUuid;
    while (after !== undefined && !stopped?.aborted) {
      const batch = await saltBatch(database, id, after);
      salted += batch.length;
      after = batch.length < batchSize ? undefined : batch.at(-1)?.id;
    }
    if (!stopped?.aborted) await finish(database, id);
  }
  return salted;
}

/** Writes `search_vector`, from which the trigger of the table makes the salted tokens. Tokens of content that no viewer can see are cleared instead. */
function saltBatch(database: Queryable, organizationId: string, after: string): Promise<{ id: string }[]> {
  return database.query({
    label: 'search_salt_batch',
    text: `with batch as materialized (
        select id from messages where organization_id = $1 and id > $2 and search_vector is not null and search_tokens is null
        order by id limit ${batchSize} for no key update skip locked),
      changed as (
        update messages m set search_vector = case when m.created_at > r.through then m.search_vector end
        from batch b, retention_cutoffs r where m.organization_id = $1 and m.id = b.id and r.organization_id = $1 returning m.id)
      select id from changed order by id`,
    values: [organizationId, after],
  });
}

async function finish(database: Queryable, organizationId: string): Promise<void> {
  await database.query({
    label: 'search_salt_finish',
    // New messages get salted tokens at once, so this stays true.
    text: `update organizations set search_salted_at = now() where id = $1
      and not exists(select 1 from messages where organization_id = $1 and search_vector is not null and search_tokens is null)`,
    values: [organizationId],
  });
}

import type { Database, Transaction } from '../../../database/database.ts';
import { nilUuid } from '../../../values/ids.ts';
import { searchVector, tokenizerVersion } from '../../search/tokens.ts';
import { jsonBatches } from '../ingest/write/json-batches.ts';

const batchSize = 2_000;
const beginning = { organizationId: nilUuid, id: nilUuid };

interface Stale {
  organizationId: string;
  id: string;
  /** Null if the content is redacted or deleted: then the tokens are cleared. */
  body: string | null;
}

/**
 * Rewrites search tokens of other versions of the tokenizer, in batches of one transaction each. If it is stopped, the next run continues.
 * @param progress is called after each batch with the number of messages so far. @returns the number of messages
 */
export async function reindex(database: Database, progress: (done: number) => void): Promise<number> {
  let done = 0;
  let after = beginning;
  for (;;) {
    const batch = await database.transaction((tx) => reindexBatch(tx, after));
    const last = batch.at(-1);
    if (last === undefined) return done;
    done += batch.length;
    after = last;
    progress(done);
  }
}

async function reindexBatch(tx: Transaction, after: typeof beginning): Promise<Stale[]> {
  const stale = await tx.query<Stale>({
    label: 'reindex_read',
    // Locked, so that an edit waits and is not overwritten by tokens of the earlier body.
    text: `select m.organization_id as "organizationId", m.id, v.body
      from messages m join visible_messages v on v.organization_id = m.organization_id and v.id = m.id
      where (m.organization_id, m.id) > ($1::uuid, $2::uuid) and m.search_version <> $3::smallint
      order by m.organization_id, m.id limit ${batchSize} for no key update of m`,
    values: [after.organizationId, after.id, tokenizerVersion],
  });
  const rowOf = ({ organizationId, id, body }: Stale) => ({ organization_id: organizationId, id, vector: searchVector(body ?? '') });
  for await (const rows of jsonBatches(stale, rowOf)) {
    await tx.query({
      label: 'reindex_write',
      text: `update messages m set search_vector = x.vector, search_version = $2::smallint
      from jsonb_to_recordset($1::jsonb) as x (organization_id uuid, id uuid, vector tsvector)
      where m.organization_id = x.organization_id and m.id = x.id`,
      values: [rows, tokenizerVersion],
    });
  }
  return stale;
}

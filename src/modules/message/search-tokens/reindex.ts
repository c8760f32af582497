import type { Database, Transaction } from '../../../database/database.ts';
import { searchVector, tokenizerVersion } from '../../search/tokens.ts';
import { jsonBatches } from '../ingest/write/json-batches.ts';

const batchSize = 2_000;
const beginning = { organizationId: '00000000-0000-0000-0000-000000000000', id: '00000000-0000-0000-0000-000000000000' };

interface Stale {
  organizationId: string;
  id: string;
  /** Null where the content is gone: then its tokens go, too. */
  body: string | null;
}

/**
 * Makes the search tokens anew that another version of the tokenizer made, in batches of one transaction each; a kill loses one batch, and running
 * it again goes on. @param progress is told how many were done, after each batch. @returns how many
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
    // Locked, so that an edit meanwhile waits, and is not overwritten by what was read before it.
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

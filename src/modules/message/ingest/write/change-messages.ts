import type { Transaction } from '../../../../database/database.ts';
import { searchVector, tokenizerVersion } from '../../../search/tokens.ts';
import { jsonBatches } from './json-batches.ts';
import { both, type Change, changedBy, changeOf, type Retelling, type StoredMessage } from './message-change.ts';

/** A message that is there, in a locked conversation, and what now tells of it. */
export interface Retold {
  id: string;
  message: Retelling;
}

/**
 * Applies what may change of messages that are there; of one that is retold several times, one after the other.
 * @returns the changes made, by message id, and which of `retold` changed something
 */
export async function changeMessages<Each extends Retold>(tx: Transaction, organizationId: string, retold: readonly Each[]) {
  const changes = new Map<string, Change>();
  const changed = new Set<Each>();
  if (retold.length === 0) return { changes, changed };
  const stored = await readStored(tx, organizationId, retold);
  for (const each of retold) {
    const { id, message } = each;
    const before = stored.get(id);
    const change = before === undefined ? null : changeOf(before, message);
    if (before === undefined || change === null) continue;
    const earlier = changes.get(id);
    changes.set(id, earlier === undefined ? change : both(earlier, change));
    stored.set(id, changedBy(before, change));
    changed.add(each);
  }
  if (changes.size > 0) await writeChanges(tx, organizationId, [...changes.values()]);
  return { changes, changed };
}

async function readStored(tx: Transaction, organizationId: string, retold: readonly Retold[]): Promise<Map<string, StoredMessage>> {
  const asks = new Map<string, boolean>();
  for (const { id, message } of retold) {
    asks.set(id, asks.get(id) || message.editedAt !== null || message.redactedAt !== null);
  }
  const rows = await tx.query<StoredMessage>({
    label: 'ingest_read_stored',
    // The policy's history costs: it is asked only where a line could change content.
    text: `select m.id, m.status, m.edited_at as "editedAt", m.deleted_at as "deletedAt", m.redacted_at as "redactedAt",
        case when x.asks then (select v.redacted_at from visible_messages v where v.organization_id = $1 and v.id = x.id) end as "visiblyRedactedAt"
      from unnest($2::uuid[], $3::boolean[]) as x (id, asks)
      cross join lateral (select id, status, edited_at, deleted_at, redacted_at from messages where organization_id = $1 and id = x.id limit 1) m`,
    values: [organizationId, [...asks.keys()], [...asks.values()]],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

async function writeChanges(tx: Transaction, organizationId: string, changes: readonly Change[]): Promise<void> {
  for await (const rows of jsonBatches(changes, changeRow)) {
    await tx.query({
      label: 'ingest_change_messages',
      text: `update messages m set status = coalesce(x.status, m.status),
          body = case when x.redacted_at is not null then null when x.edited_at is not null then x.body else m.body end,
          media_urls = case when x.redacted_at is not null then '{}' else m.media_urls end,
          search_vector = case when coalesce(x.redacted_at, x.deleted_at, m.deleted_at) is not null then null when x.edited_at is not null then x.search_vector else m.search_vector end,
          search_version = case when x.edited_at is not null then $3 else m.search_version end,
          segment_count = coalesce(x.segment_count, m.segment_count), edited_at = coalesce(x.edited_at, m.edited_at),
          deleted_at = coalesce(x.deleted_at, m.deleted_at), redacted_at = coalesce(x.redacted_at, m.redacted_at)
        from jsonb_to_recordset($2::jsonb) as x (id uuid, status message_status, body text, segment_count int, edited_at timestamptz,
          deleted_at timestamptz, redacted_at timestamptz, search_vector tsvector)
        where m.organization_id = $1 and m.id = x.id`,
      values: [organizationId, rows, tokenizerVersion],
    });
  }
  const redacted = changes.filter(({ redactedAt }) => redactedAt !== null).map(({ id }) => id);
  if (redacted.length === 0) return;
  await tx.query({
    label: 'ingest_redact_attachments',
    text: 'delete from attachments where organization_id = $1 and message_id = any($2::uuid[])',
    values: [organizationId, redacted],
  });
}

function changeRow({ id, status, edit, deletedAt, redactedAt }: Change) {
  return {
    id,
    status,
    body: edit?.body,
    segment_count: edit?.segmentCount,
    edited_at: edit?.editedAt,
    search_vector: searchVector(edit?.body ?? ''),
    deleted_at: deletedAt,
    redacted_at: redactedAt,
  };
}

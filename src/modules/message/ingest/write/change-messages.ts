import type { Transaction } from '../../../../database/database.ts';
import { searchVector, tokenizerVersion } from '../../../search/tokens.ts';
import { messageColumnList } from '../../store/message-columns.ts';
import type { NewValues } from '../read/update-draft.ts';
import { jsonBatches } from './json-batches.ts';
import { applyChange, type Change, combineChanges, findChange, type StoredMessage } from './message-change.ts';

/** A stored message, in a locked conversation, and the values of a later line or update. */
interface UpdatedMessage {
  id: string;
  values: NewValues;
}

/**
 * Changes stored messages; several updates of one message are applied in their order.
 * @returns the changes by message id, and the updates that changed something
 */
export async function changeMessages<Update extends UpdatedMessage>(tx: Transaction, organizationId: string, updates: readonly Update[]) {
  const changes = new Map<string, Change>();
  const changed = new Set<Update>();
  if (updates.length === 0) return { changes, changed };
  const stored = await readStored(tx, organizationId, updates);
  for (const update of updates) {
    const before = stored.get(update.id);
    const change = before === undefined ? null : findChange(before, update.values);
    if (before === undefined || change === null) continue;
    const earlier = changes.get(update.id);
    changes.set(update.id, earlier === undefined ? change : combineChanges(earlier, change));
    stored.set(update.id, applyChange(before, change));
    changed.add(update);
  }
  if (changes.size > 0) await writeChanges(tx, organizationId, [...changes.values()]);
  return { changes, changed };
}

async function readStored(
  tx: Transaction,
  organizationId: string,
  updates: readonly UpdatedMessage[],
): Promise<Map<string, StoredMessage>> {
  const needsRedaction = new Map<string, boolean>();
  for (const { id, values } of updates) {
    needsRedaction.set(id, needsRedaction.get(id) || values.editedAt !== null || values.redactedAt !== null);
  }
  const rows = await tx.query<StoredMessage>({
    label: 'ingest_read_stored',
    // Only for messages whose content a line could change, because reading the history of retention policies is expensive.
    text: `select m.id, m.status, m.edited_at as "editedAt", m.deleted_at as "deletedAt", m.redacted_at as "redactedAt",
        case when x.needed then (select v.redacted_at from visible_messages v where v.organization_id = $1 and v.id = x.id) end as "visiblyRedactedAt"
      from unnest($2::uuid[], $3::boolean[]) as x (id, needed)
      cross join lateral (select id, status, edited_at, deleted_at, redacted_at from messages where organization_id = $1 and id = x.id limit 1) m`,
    values: [organizationId, [...needsRedaction.keys()], [...needsRedaction.values()]],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

const updatedColumns = messageColumnList.filter(({ update }) => update !== undefined);
const definitions = updatedColumns.map(({ name, type }) => `${name} ${type}`).join(', ');
const assignments = messageColumnList
  .filter(({ update, redacted }) => update !== undefined || redacted !== undefined)
  .map(({ name, update, redacted }) => {
    const branches = [
      redacted && `when x.redacted_at is not null then ${redacted}`,
      update === 'WITH_EDIT' && `when x.edited_at is not null then x.${name}`,
      update === 'IF_GIVEN' && `when x.${name} is not null then x.${name}`,
    ];
    return `${name} = case ${branches.filter(Boolean).join(' ')} else m.${name} end`;
  })
  .join(', ');

async function writeChanges(tx: Transaction, organizationId: string, changes: readonly Change[]): Promise<void> {
  for await (const rows of jsonBatches(changes, changeRow)) {
    await tx.query({
      label: 'ingest_change_messages',
      text: `update messages m set ${assignments},
          search_vector = case when coalesce(x.redacted_at, x.deleted_at, m.deleted_at) is not null then null when x.edited_at is not null then x.search_vector else m.search_vector end,
          search_version = case when x.edited_at is not null then $3 else m.search_version end
        from jsonb_to_recordset($2::jsonb) as x (id uuid, search_vector tsvector, ${definitions})
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

function changeRow({ id, edit, ...change }: Change) {
  const values: Partial<Record<string, unknown>> = { ...edit, ...change };
  const row: Record<string, unknown> = { id, search_vector: searchVector(edit?.body ?? '') };
  for (const { name, field } of updatedColumns) row[name] = values[field];
  return row;
}

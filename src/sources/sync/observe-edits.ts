import type { Queryable } from '../../database/database.ts';
import type { MessageDraft } from '../../modules/message/ingest/read/message-draft.ts';

interface Stored {
  index: number;
  body: string | null;
}

/**
 * Dates edits that the source does not date: a message whose text differs from the stored one counts as edited now. Stored content that is redacted or deleted
 * is not compared.
 */
export async function observeEdits(
  database: Queryable,
  organizationId: string,
  drafts: readonly MessageDraft[],
  now: Date,
): Promise<MessageDraft[]> {
  const undated = drafts.map(({ conversation, externalId, editedAt, deletedAt, redactedAt }, index) =>
    conversation.type === 'PHONE' && (editedAt ?? deletedAt ?? redactedAt) === null
      ? { index, phone_number: conversation.phoneNumber, contact_number: conversation.contactNumber, external_id: externalId }
      : null,
  );
  const rows = await database.query<Stored>({
    label: 'sync_find_bodies',
    text: `select x.index, m.body
      from jsonb_to_recordset($2::jsonb) as x (index int, phone_number text, contact_number text, external_id text)
      cross join lateral (select id from phone_numbers where organization_id = $1 and number = x.phone_number limit 1) n
      cross join lateral (select id from conversations
        where organization_id = $1 and phone_number_id = n.id and contact_number = x.contact_number limit 1) c
      cross join lateral (select body from visible_messages
        where organization_id = $1 and conversation_id = c.id and external_id = x.external_id and redacted_at is null and deleted_at is null limit 1) m`,
    values: [organizationId, JSON.stringify(undated.filter((each) => each !== null))],
  });
  const bodies = new Map(rows.map(({ index, body }) => [index, body]));
  return drafts.map((draft, index) => {
    const body = bodies.get(index);
    // A message with media may have no text: null and an empty text are the same.
    return body === undefined || (body ?? '') === (draft.body ?? '') ? draft : { ...draft, editedAt: now.toISOString() };
  });
}

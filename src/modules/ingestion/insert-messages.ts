import { uuidv7 } from 'uuidv7';
import type { Transaction } from '../../database/database.ts';
import { searchVector, tokenizerVersion } from '../search/tokens.ts';
import type { IncomingMessage } from './incoming-message.ts';

export interface NewMessage {
  id: string;
  conversationId: string;
  authorId: string;
  message: IncomingMessage;
}

/** Inserts messages, with their attachments; their numbers go in the order given. @returns those whose external id nobody else had taken meanwhile */
export async function insertMessages<Message extends NewMessage>(
  tx: Transaction,
  organizationId: string,
  messages: readonly Message[],
): Promise<Message[]> {
  if (messages.length === 0) return [];
  const rows = await tx.query<{ id: string }>({
    label: 'ingest_add_messages',
    // Inserted in the order of external ids, as by every writer; a reply waits for its target by name until all are in.
    text: `insert into messages (organization_id, id, number, conversation_id, external_id, author_id, kind, direction, channel, status, body, media_urls,
        segment_count, reply_to_external_id, created_at, edited_at, deleted_at, redacted_at, phone_number_id, search_vector, search_version)
      select $1, x.id, x.number, x.conversation_id, x.external_id, x.author_id, x.kind, x.direction, x.channel, x.status, x.body,
        x.media_urls, x.segment_count, x.reply_to, x.created_at, x.edited_at, x.deleted_at, x.redacted_at,
        c.phone_number_id, x.search_vector, $3
      from (select *, nextval('messages_number_seq') as number
        from jsonb_to_recordset($2::jsonb) as x (id uuid, conversation_id uuid, external_id text, author_id uuid, kind message_kind,
          direction message_direction, channel channel, status message_status, body text, media_urls text[], segment_count int, reply_to text,
          created_at timestamptz, edited_at timestamptz, deleted_at timestamptz, redacted_at timestamptz, search_vector tsvector)) x
      join conversations c on c.organization_id = $1 and c.id = x.conversation_id
      order by x.external_id collate "C"
      on conflict (organization_id, conversation_id, external_id) do nothing returning id`,
    values: [organizationId, JSON.stringify(messages.map(messageRow)), tokenizerVersion],
  });
  const inserted = new Set(rows.map(({ id }) => id));
  const recorded = messages.filter(({ id }) => inserted.has(id));
  await insertAttachments(tx, organizationId, recorded);
  return recorded;
}

function messageRow({ id, conversationId, authorId, message }: NewMessage) {
  return {
    id,
    conversation_id: conversationId,
    external_id: message.externalId,
    author_id: authorId,
    kind: message.kind,
    direction: message.direction,
    channel: message.channel,
    status: message.status,
    body: message.body,
    media_urls: message.mediaUrls,
    segment_count: message.segmentCount,
    reply_to: message.replyTo,
    created_at: message.createdAt,
    edited_at: message.editedAt,
    deleted_at: message.deletedAt,
    redacted_at: message.redactedAt,
    search_vector: searchVector(message.body ?? ''),
  };
}

async function insertAttachments(tx: Transaction, organizationId: string, messages: readonly NewMessage[]): Promise<void> {
  const rows = messages.flatMap(({ id, message }) =>
    message.attachments.map((attachment, position) => ({ ...attachment, id: uuidv7(), message_id: id, position })),
  );
  if (rows.length === 0) return;
  await tx.query({
    label: 'ingest_add_attachments',
    text: `insert into attachments (organization_id, id, message_id, position, name, mime, size, url, width, height, duration)
      select $1, x.id, x.message_id, x.position, x.name, x.mime, x.size, x.url, x.width, x.height, x.duration
      from jsonb_to_recordset($2::jsonb) as x (id uuid, message_id uuid, position int, name text, mime text, size bigint, url text, width int, height int,
        duration double precision)`,
    values: [organizationId, JSON.stringify(rows)],
  });
}

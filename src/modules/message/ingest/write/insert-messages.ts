import { uuidv7 } from 'uuidv7';
import type { Transaction } from '../../../../database/database.ts';
import { searchVector, tokenizerVersion } from '../../../search/tokens.ts';
import { messageColumnList } from '../../store/message-columns.ts';
import type { MessageDraft } from '../read/message-draft.ts';
import { jsonBatches } from './json-batches.ts';

export interface NewMessage {
  id: string;
  conversationId: string;
  authorId: string;
  message: MessageDraft;
}

/** A message and its rank among the messages of its phone number with the same time. Null: the database chooses a rank after those of the previous release. */
export type Ranked<Message extends NewMessage> = Message & { createdAtRank: number | null };

/**
 * Inserts messages with their attachments, and numbers them in the order of the list. @returns the inserted messages, without those that another transaction
 * has inserted meanwhile
 */
export async function insertMessages<Message extends NewMessage>(
  tx: Transaction,
  organizationId: string,
  messages: readonly Ranked<Message>[],
): Promise<Ranked<Message>[]> {
  const inserted = new Set<string>();
  for await (const rows of jsonBatches(messages, messageRow)) {
    for (const { id } of await insertRows(tx, organizationId, rows)) inserted.add(id);
  }
  const recorded = messages.filter(({ id }) => inserted.has(id));
  await insertAttachments(tx, organizationId, recorded);
  return recorded;
}

const names = messageColumnList.map(({ name }) => name).join(', ');
const values = messageColumnList.map(({ name }) => `x.${name}`).join(', ');
const definitions = messageColumnList.map(({ name, type }) => `${name} ${type}`).join(', ');

function insertRows(tx: Transaction, organizationId: string, rows: string): Promise<{ id: string }[]> {
  return tx.query({
    label: 'ingest_add_messages',
    // A reply keeps the external id of its target until all messages are inserted. Content that no viewer can see has no search tokens. A null rank becomes
    // the next number of the previous release, as the trigger does for its messages.
    text: `insert into messages (organization_id, id, number, conversation_id, author_id, reply_to_external_id, created_at_rank, phone_number_id,
        search_vector, search_version, ${names})
      select $1, x.id, x.number, x.conversation_id, x.author_id, x.reply_to, x.rank, c.phone_number_id,
        case when x.created_at > r.through and x.deleted_at is null then x.search_vector end, $3, ${values}
      from (select *, next_number($1) as number,
          coalesce(created_at_rank, 1000000000 + nextval('messages_number_seq') % 1147483648) as rank
        from jsonb_to_recordset($2::jsonb) as x (id uuid, conversation_id uuid, author_id uuid, reply_to text, created_at_rank int,
          search_vector tsvector, ${definitions})) x
      join conversations c on c.organization_id = $1 and c.id = x.conversation_id
      join retention_cutoffs r on r.organization_id = $1
      order by x.external_id collate "C"
      on conflict (organization_id, conversation_id, external_id) do nothing returning id`,
    values: [organizationId, rows, tokenizerVersion],
  });
}

function messageRow({ id, conversationId, authorId, message, createdAtRank }: Ranked<NewMessage>) {
  const row: Record<string, unknown> = {
    id,
    conversation_id: conversationId,
    author_id: authorId,
    reply_to: message.replyTo,
    created_at_rank: createdAtRank,
    search_vector: searchVector(message.body ?? ''),
  };
  for (const { name, field } of messageColumnList) row[name] = message[field];
  return row;
}

async function insertAttachments(tx: Transaction, organizationId: string, messages: readonly NewMessage[]): Promise<void> {
  const attachments = messages.flatMap(({ id, message }) =>
    message.attachments.map((attachment, position) => ({ ...attachment, id: uuidv7(), message_id: id, position })),
  );
  for await (const rows of jsonBatches(attachments, (attachment) => attachment)) {
    await tx.query({
      label: 'ingest_add_attachments',
      text: `insert into attachments (organization_id, id, number, message_id, position, name, mime, size, url, width, height, duration)
      select $1, x.id, next_number($1), x.message_id, x.position, x.name, x.mime, x.size, x.url, x.width, x.height, x.duration
      from jsonb_to_recordset($2::jsonb) as x (id uuid, message_id uuid, position int, name text, mime text, size bigint, url text, width int, height int,
        duration double precision)`,
      values: [organizationId, rows],
    });
  }
}

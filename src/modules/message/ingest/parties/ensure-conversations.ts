import type { Transaction } from '../../../../database/database.ts';
import { ensureRows, mustGet } from '../../../../database/ensure-rows.ts';
import type { Line } from '../match/line.ts';
import type { MessageDraft } from '../read/message-draft.ts';
import { conversationKeySql, readKeys } from './conversation-key.ts';
import { ensurePhoneNumbers } from './ensure-phone-numbers.ts';

type ConversationType = MessageDraft['conversation']['type'];

/** Returns the stored conversations with these keys. */
export async function findConversations(tx: Transaction, organizationId: string, keys: readonly string[]) {
  const { phones, chats } = readKeys(keys);
  return tx.query<{ key: string; id: string; type: ConversationType }>({
    label: 'ingest_find_conversations',
    text: `select ${conversationKeySql} as key, c.id, c.type
      from unnest($2::text[], $3::text[]) as x (phone_number, contact_number)
      cross join lateral (select id, number from phone_numbers where organization_id = $1 and number = x.phone_number limit 1) n
      cross join lateral (select id, type, external_id, contact_number from conversations
        where organization_id = $1 and phone_number_id = n.id and contact_number = x.contact_number limit 1) c
      union all
      select 'chat ' || external_id, id, type from conversations where organization_id = $1 and external_id = any($4::text[])`,
    values: [
      organizationId,
      phones.map(({ phoneNumber }) => phoneNumber),
      phones.map(({ contactNumber }) => contactNumber),
      chats.map(({ externalId }) => externalId),
    ],
  });
}

interface Conversations {
  /** By key. */
  ids: Map<string, string>;
  /** The ids of the conversations that this call created; they have no messages yet. */
  created: Set<string>;
  /** The types of the stored conversations, by key. */
  types: Map<string, ConversationType>;
  /** The ids of the lines' phone numbers, by E.164. */
  phoneNumberIds: Map<string, string>;
}

/** Finds or creates the lines' conversations and phone numbers. */
export async function ensureConversations(tx: Transaction, organizationId: string, lines: readonly Line[]): Promise<Conversations> {
  const phoneNumberIds = await ensurePhoneNumbers(tx, organizationId, phoneNumbersOf(lines));
  const messages = new Map(lines.map(({ conversationKey, message }) => [conversationKey, message]));
  const created = new Set<string>();
  const types = new Map<string, ConversationType>();
  const ids = await ensureRows(
    lines.map(({ conversationKey }) => conversationKey),
    async (keys) => {
      const found = await findConversations(tx, organizationId, keys);
      for (const { key, type } of found) types.set(key, type);
      return found;
    },
    async (rows) => {
      const inserted = await tx.query<{ id: string }>({
        label: 'ingest_add_conversations',
        text: `insert into conversations (organization_id, id, number, type, external_id, phone_number_id, contact_number, last_message_at, created_at)
          select $1, x.id, next_number($1), x.type, x.external_id, x.phone_number_id, x.contact_number, x.at, x.at
          from jsonb_to_recordset($2::jsonb) as x (id uuid, type conversation_type, external_id text, phone_number_id uuid, contact_number text, at timestamptz)
          on conflict do nothing returning id`,
        values: [organizationId, JSON.stringify(rows.map(({ key, id }) => conversationRow(id, mustGet(messages, key), phoneNumberIds)))],
      });
      for (const { id } of inserted) created.add(id);
      return inserted;
    },
  );
  return { ids, created, types, phoneNumberIds };
}

function phoneNumbersOf(lines: readonly Line[]): Set<string> {
  return new Set(lines.flatMap(({ message: { conversation } }) => (conversation.type === 'PHONE' ? conversation.phoneNumber : [])));
}

function conversationRow(id: string, { conversation, createdAt }: MessageDraft, phoneNumberIds: ReadonlyMap<string, string>) {
  const { type } = conversation;
  if (type !== 'PHONE') return { id, type, external_id: conversation.externalId, at: createdAt };
  const { phoneNumber, contactNumber } = conversation;
  return { id, type, phone_number_id: mustGet(phoneNumberIds, phoneNumber), contact_number: contactNumber, at: createdAt };
}

/** Locks conversations and their messages against other writers until the transaction ends. Every writer locks in the order of ids. */
export async function lockConversations(tx: Transaction, organizationId: string, ids: readonly string[]): Promise<void> {
  await tx.query({
    label: 'ingest_lock_conversations',
    text: 'select id from conversations where organization_id = $1 and id = any($2::uuid[]) order by id for update',
    values: [organizationId, ids],
  });
}

/** Deletes conversations that this transaction created and that got no message. */
export async function dropEmptyConversations(tx: Transaction, organizationId: string, ids: readonly string[]): Promise<void> {
  await tx.query({
    label: 'ingest_drop_empty_conversations',
    text: 'delete from conversations where organization_id = $1 and id = any($2::uuid[])',
    values: [organizationId, ids],
  });
}

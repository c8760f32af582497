import type { Transaction } from '../../../../database/database.ts';

/** A message's external id, and the conversation in which it is unique. */
export interface MessageName {
  conversationId: string;
  externalId: string;
}

export function nameKey({ conversationId, externalId }: MessageName): string {
  return `${conversationId} ${externalId}`;
}

/** Returns the ids of the stored messages with these names, by name key. */
export async function findMessages(tx: Transaction, organizationId: string, names: readonly MessageName[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await tx.query<MessageName & { id: string }>({
    label: 'ingest_find_messages',
    // `limit` makes PostgreSQL look up each name. Without it, while the statistics are those of an empty table, it would join the whole tables.
    text: `select x.conversation_id as "conversationId", x.external_id as "externalId", m.id
      from unnest($2::uuid[], $3::text[]) as x (conversation_id, external_id)
      cross join lateral (select id from messages
        where organization_id = $1 and conversation_id = x.conversation_id and external_id = x.external_id limit 1) m`,
    values: [organizationId, names.map(({ conversationId }) => conversationId), names.map(({ externalId }) => externalId)],
  });
  return new Map(rows.map((row) => [nameKey(row), row.id]));
}

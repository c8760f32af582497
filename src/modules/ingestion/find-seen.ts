import type { Transaction } from '../../database/database.ts';
import { conversationKeySql } from './line.ts';

export interface Seen {
  id: string;
  conversationId: string;
  conversationKey: string;
}

/** The messages that are there, by external id. */
export async function findSeen(tx: Transaction, organizationId: string, externalIds: readonly string[]): Promise<Map<string, Seen>> {
  const rows = await tx.query<Seen & { externalId: string }>({
    label: 'ingest_find_seen',
    // One look-up a name, whatever the planner believes of tables that were empty a moment ago: `limit` keeps it from joining them whole.
    text: `select x.external_id as "externalId", m.id, m.conversation_id as "conversationId", c.key as "conversationKey"
      from unnest($2::text[]) as x (external_id)
      cross join lateral (select id, conversation_id from messages where organization_id = $1 and external_id = x.external_id limit 1) m
      cross join lateral (select ${conversationKeySql} as key from conversations c
        left join phone_numbers n on n.organization_id = $1 and n.id = c.phone_number_id
        where c.organization_id = $1 and c.id = m.conversation_id limit 1) c`,
    values: [organizationId, externalIds],
  });
  return new Map(rows.map((row) => [row.externalId, row]));
}

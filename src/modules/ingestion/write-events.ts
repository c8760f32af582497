import type { Transaction } from '../../database/database.ts';
import type { EventKind } from '../../generated/prisma/enums.ts';

export interface NewEvent {
  kind: EventKind;
  conversationId: string;
  messageId?: string;
}

/** Appends to the table of events, in this order. */
export async function writeEvents(tx: Transaction, organizationId: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query({
    label: 'ingest_write_events',
    text: `insert into events (organization_id, kind, conversation_id, message_id)
      select $1, x.kind, x."conversationId", x."messageId"
      from jsonb_to_recordset($2::jsonb) as x (kind event_kind, "conversationId" uuid, "messageId" uuid)`,
    values: [organizationId, JSON.stringify(events)],
  });
}

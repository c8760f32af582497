import type { Transaction } from '../../../database/database.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import { eventsChannel } from '../store/channels.ts';

export interface NewEvent {
  kind: EventKind;
  /** Absent in an event of the organization. */
  conversationId?: string;
  messageId?: string;
}

/** Appends events in this order, and notifies their readers when the transaction commits. */
export async function writeEvents(tx: Transaction, organizationId: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query({
    label: 'events_write',
    // In `from`, the position is computed once and not for each row. PostgreSQL sends a notification once, however often a transaction repeats it.
    text: `with written as (
        insert into events (organization_id, transaction_id, kind, conversation_id, message_id)
        select $1::uuid, event.position, x.kind, x."conversationId", x."messageId"
        from event_position() as event (position) cross join jsonb_to_recordset($2::jsonb) as x (kind event_kind, "conversationId" uuid, "messageId" uuid))
      select pg_notify('${eventsChannel}', $1::uuid::text)`,
    values: [organizationId, JSON.stringify(events)],
  });
}

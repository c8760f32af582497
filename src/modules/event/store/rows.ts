import { columns } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { EventModel } from '../../../generated/prisma/models.ts';
import type { EventPosition } from './position.ts';

const fields = ['transactionId', 'id', 'kind', 'conversationId', 'messageId', 'occurredAt'] as const;

/** An event: ids and a kind, never content. */
export type EventRow = EventPosition & Pick<EventModel, 'kind' | 'conversationId' | 'messageId' | 'occurredAt'>;

export const eventColumns = columns('e', fields);

/** Events by their position, as `keyOf` writes it. */
export const eventSource = source<EventRow>({
  label: 'changes',
  columns: eventColumns,
  from: 'events e',
  organization: 'e.organization_id',
  key: `e.transaction_id || '.' || e.id`,
  // The index has the columns, not this text.
  among: (keys: string) =>
    `(e.transaction_id, e.id) in (select split_part(each, '.', 1)::bigint, split_part(each, '.', 2)::bigint from unnest(${keys}::text[]) each)`,
});

export function keyOf({ transactionId, id }: EventPosition): string {
  return `${transactionId}.${id}`;
}

/**
 * The oldest transaction that may still be writing, as SQL. All events of older transactions exist, so that none can come before one that was read; events of
 * later transactions are not read yet. A long transaction that writes, in any database of the server, holds it back.
 */
export const horizon = 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

/** A row with the horizon. */
export interface Horizon {
  horizon: number;
}

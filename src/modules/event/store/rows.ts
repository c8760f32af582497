import { columns, source } from '../../../database/source.ts';
import type { EventModel } from '../../../generated/prisma/models.ts';
import type { EventPosition } from './position.ts';

const fields = ['transactionId', 'id', 'kind', 'conversationId', 'messageId', 'occurredAt'] as const;

/** An event: a kind and ids, never content. */
export type EventRow = EventPosition & Pick<EventModel, 'kind' | 'conversationId' | 'messageId' | 'occurredAt'>;

export const eventColumns = columns('e', fields);

/** The source of events by their position, written as `keyOf` does. */
export const eventSource = source<EventRow>({
  label: 'changes',
  columns: eventColumns,
  from: 'events e',
  organization: 'e.organization_id',
  key: `e.transaction_id || '.' || e.id`,
  // Compares the columns, because no index holds the text.
  among: (keys: string) =>
    `(e.transaction_id, e.id) in (select split_part(each, '.', 1)::bigint, split_part(each, '.', 2)::bigint from unnest(${keys}::text[]) each)`,
});

export function keyOf({ transactionId, id }: EventPosition): string {
  return `${transactionId}.${id}`;
}

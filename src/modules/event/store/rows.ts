import { columns } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { EventModel } from '../../../generated/prisma/models.ts';
import type { EventPosition } from './position.ts';

const fields = ['transactionId', 'id', 'kind', 'conversationId', 'messageId', 'occurredAt'] as const;

/** What happened: ids and a kind, never content. */
export type EventRow = EventPosition & Pick<EventModel, 'kind' | 'conversationId' | 'messageId' | 'occurredAt'>;

export const eventColumns = columns('e', fields);

/** Found by its place in the order of commits, as `keyOf` writes it. */
export const eventSource = source<EventRow>({
  label: 'changes',
  columns: eventColumns,
  from: 'events e',
  organization: 'e.organization_id',
  key: `e.transaction_id || '.' || e.id`,
  // By the table's own index, which has no such text.
  among: (keys: string) =>
    `(e.transaction_id, e.id) in (select split_part(each, '.', 1)::bigint, split_part(each, '.', 2)::bigint from unnest(${keys}::text[]) each)`,
});

export function keyOf({ transactionId, id }: EventPosition): string {
  return `${transactionId}.${id}`;
}

/**
 * The oldest transaction that may still be writing, as SQL. Events of older ones are all there, so they can be read in the order of commits and none will
 * come to stand before them; later ones wait. Any long transaction that writes, in whatever database of the server, holds it back.
 */
export const horizon = 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

/** Where what happens from now on begins, as SQL gives it. */
export interface Horizon {
  horizon: number;
}

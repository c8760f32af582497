import type { Queryable } from '../../../database/database.ts';
import { type EventPosition, isAfter } from './position.ts';
import { lastEvent, positionColumns, withRange } from './range.ts';

/** The events of an organization that were committed at one moment. */
interface Snapshot {
  /** Every event before this position was committed then. If older transactions were still writing, some later events were committed, too. */
  position: EventPosition;
  /** True for an event that was committed after the snapshot. */
  isLater(event: EventPosition): boolean;
}

/** Reads the current snapshot. */
export async function readSnapshot(database: Queryable, organizationId: string): Promise<Snapshot> {
  const [now] = await database.query<EventPosition & { snapshot: string; shift: number | null }>({
    label: 'events_now',
    text: `${withRange} select pg_current_snapshot()::text as snapshot, (select shift from event_now()) as shift, ${positionColumns('last', 'o')}
      from organizations o left join lateral ${lastEvent} last on true where o.id = $1`,
    values: [organizationId],
  });
  if (now === undefined) throw new Error('the organization of a stream is missing');
  const { snapshot, shift, transactionId, id } = now;
  if (shift !== null) return parse(snapshot, shift);
  // Nothing has written to this copy of the database yet.
  const position = { transactionId, id };
  return { position, isLater: (event) => isAfter(event, position) };
}

/** Reads a snapshot as PostgreSQL writes it: the oldest running transaction, the first that has not begun, and all that are running between them. */
function parse(snapshot: string, shift: number): Snapshot {
  const [oldest, next, running = ''] = snapshot.split(':');
  const unfinished = new Set(running.split(',').map(Number));
  return {
    position: { transactionId: Number(oldest) + shift, id: 0 },
    isLater: ({ transactionId }) => transactionId >= Number(next) + shift || unfinished.has(transactionId - shift),
  };
}

import type { Queryable } from '../../../database/database.ts';
import type { EventPosition } from './position.ts';

/** The transactions that had committed at one moment. */
interface Snapshot {
  /** Every event before this position was committed then. If older transactions were still writing, some later events were committed, too. */
  position: EventPosition;
  /** True for an event that was committed after the snapshot. */
  isLater(event: EventPosition): boolean;
}

/** Reads the current snapshot. */
export async function readSnapshot(database: Queryable): Promise<Snapshot> {
  const [now] = await database.query<{ snapshot: string }>({ label: 'events_now', text: 'select pg_current_snapshot()::text as snapshot' });
  return parse(now?.snapshot ?? '');
}

/** Reads a snapshot as PostgreSQL writes it: the oldest running transaction, the first that has not begun, and all that are running between them. */
function parse(snapshot: string): Snapshot {
  const [oldest, next, running = ''] = snapshot.split(':');
  const unfinished = new Set(running.split(',').map(Number));
  return {
    position: { transactionId: Number(oldest), id: 0 },
    isLater: ({ transactionId }) => transactionId >= Number(next) || unfinished.has(transactionId),
  };
}

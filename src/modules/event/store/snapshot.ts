import type { Queryable } from '../../../database/database.ts';
import type { EventPosition } from './position.ts';

/** A moment, with the events that were committed before it and after it. */
interface Moment {
  /** Events up to here were committed before. Events after it may have been, too, if an older transaction was still writing. */
  position: EventPosition;
  cameLater(event: EventPosition): boolean;
}

/** Returns the current moment. */
export async function readMoment(database: Queryable): Promise<Moment> {
  const [now] = await database.query<{ snapshot: string }>({ label: 'events_now', text: 'select pg_current_snapshot()::text as snapshot' });
  return momentOf(now?.snapshot ?? '');
}

/** Reads a snapshot as PostgreSQL writes it: the oldest running transaction, the first that has not begun, and those between them that run. */
function momentOf(snapshot: string): Moment {
  const [oldest, next, running = ''] = snapshot.split(':');
  const unfinished = new Set(running.split(',').map(Number));
  return {
    position: { transactionId: Number(oldest), id: 0 },
    cameLater: ({ transactionId }) => transactionId >= Number(next) || unfinished.has(transactionId),
  };
}

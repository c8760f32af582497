import type { Queryable } from '../../../database/database.ts';
import type { EventPosition } from './position.ts';

/** One moment: what was committed by then, and what came later. */
interface Moment {
  /** Nothing up to here came later; what follows may have come before, too, where an older transaction was still writing. */
  position: EventPosition;
  cameLater(event: EventPosition): boolean;
}

/** This moment. */
export async function readMoment(database: Queryable): Promise<Moment> {
  const [now] = await database.query<{ snapshot: string }>({ label: 'events_now', text: 'select pg_current_snapshot()::text as snapshot' });
  return momentOf(now?.snapshot ?? '');
}

/** A snapshot as PostgreSQL writes it: the oldest transaction that was running, the first that had not begun, and all that were running between them. */
function momentOf(snapshot: string): Moment {
  const [oldest, next, running = ''] = snapshot.split(':');
  const unfinished = new Set(running.split(',').map(Number));
  return {
    position: { transactionId: Number(oldest), id: 0 },
    cameLater: ({ transactionId }) => transactionId >= Number(next) || unfinished.has(transactionId),
  };
}

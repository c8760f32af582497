import type { Queryable } from '../../../database/database.ts';

interface ReaderLag {
  /** The name of the reader. */
  name: string;
  /** The number of organizations with events that the reader has not handled yet. */
  behind: number;
  /** The time of the oldest event that it has not handled; null: it has handled all events. */
  since: Date | null;
}

/** Returns the durable readers of events, each with the oldest event that it has not handled in any organization. For the operator. */
export function readerLags(database: Queryable): Promise<ReaderLag[]> {
  return database.query({
    label: 'event_reader_lags',
    text: `select r.name, count(e.occurred_at) as behind, min(e.occurred_at) as since from event_readers r
      left join lateral (select occurred_at from events where organization_id = r.organization_id
        and (transaction_id, id) > (r.transaction_id, r.event_id) order by transaction_id, id limit 1) e on true
      group by r.name order by r.name`,
  });
}

import type { Queryable } from '../../../database/database.ts';
import type { EventPosition } from './position.ts';
import { type EventRow, eventColumns, type Horizon, horizon } from './rows.ts';

/** The position up to which an organization's events were read. */
export interface FeedPosition {
  organizationId: string;
  position: EventPosition;
}

export interface FeedRead {
  /** The events after the position, in the order of commits. */
  events: EventRow[];
  /** True if more events can be read now. */
  more: boolean;
  /** True if events exist that can be read only after older transactions have ended. */
  pending: boolean;
}

/** Reads the next events of many organizations in one statement, at most `limit` of each. */
export async function readFeeds(database: Queryable, feeds: readonly FeedPosition[], limit: number): Promise<FeedRead[]> {
  const rows = await database.query<EventRow & { feed: number; readable: boolean }>({
    label: 'events_read',
    text: `select feed.ordinal::int as feed, page.* from unnest($1::uuid[], $2::bigint[], $3::bigint[]) with ordinality
        as feed (organization_id, transaction_id, id, ordinal)
      cross join lateral (select ${eventColumns}, e.transaction_id < ${horizon} as readable from events e
        where e.organization_id = feed.organization_id and (e.transaction_id, e.id) > (feed.transaction_id, feed.id)
        order by e.transaction_id, e.id limit $4::int) page
      order by feed.ordinal, page."transactionId", page.id`,
    values: [
      feeds.map(({ organizationId }) => organizationId),
      feeds.map(({ position }) => position.transactionId),
      feeds.map(({ position }) => position.id),
      limit + 1,
    ],
  });
  const groups = Map.groupBy(rows, ({ feed }) => feed - 1);
  return feeds.map((_, index) => {
    const found = groups.get(index) ?? [];
    const readable = found.filter((event) => event.readable);
    return { events: readable.slice(0, limit), more: readable.length > limit, pending: readable.length < found.length };
  });
}

/** Returns the position before all events that are written from now on. */
export async function readEnd(database: Queryable): Promise<EventPosition> {
  const [now] = await database.query<Horizon>({ label: 'events_end', text: `select ${horizon} as horizon` });
  if (now === undefined) throw new Error('a snapshot without a horizon');
  return { transactionId: now.horizon, id: 0 };
}

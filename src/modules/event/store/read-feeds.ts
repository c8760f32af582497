import type { Queryable } from '../../../database/database.ts';
import type { EventPosition } from './position.ts';
import { horizon, isKnown, lastEvent, positionColumns, withRange } from './range.ts';
import { type EventRow, eventColumns } from './rows.ts';

/** The position up to which an organization's events were read. */
export interface FeedPosition {
  organizationId: string;
  position: EventPosition;
}

export interface FeedRead {
  /** The events after the position, in the order of commits. */
  events: EventRow[];
  /** False if the database does not know the position, because a backup was restored. */
  isKnown: boolean;
  /** True if more events can be read now. */
  more: boolean;
  /** True if events exist that can be read only after older transactions have ended. */
  pending: boolean;
}

type Row = EventRow & { feed: number; isKnown: boolean; readable: boolean };

const known = isKnown({ organizationId: 'feed.organization_id', organization: 'o', transactionId: 'feed.transaction_id', id: 'feed.id' });

/** Reads the next events of many organizations in one statement, at most `limit` of each. */
export async function readFeeds(database: Queryable, feeds: readonly FeedPosition[], limit: number): Promise<FeedRead[]> {
  const rows = await database.query<Row>({
    label: 'events_read',
    text: `${withRange}
      select feed.ordinal::int as feed, known.*, page.*
      from unnest($1::uuid[], $2::bigint[], $3::bigint[]) with ordinality as feed (organization_id, transaction_id, id, ordinal)
      join organizations o on o.id = feed.organization_id
      cross join lateral (select ${known} as "isKnown" offset 0) known
      left join lateral (select ${eventColumns}, e.transaction_id < ${horizon} as readable from events e
        where e.organization_id = feed.organization_id and (e.transaction_id, e.id) > (feed.transaction_id, feed.id)
        order by e.transaction_id, e.id limit $4::int) page on true
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
    const rows = groups.get(index) ?? [];
    // Without events the outer join returns one row.
    const found = rows[0]?.id === null ? [] : rows;
    const readable = found.filter((event) => event.readable);
    return {
      events: readable.slice(0, limit),
      isKnown: rows[0]?.isKnown ?? true,
      more: readable.length > limit,
      pending: readable.length < found.length,
    };
  });
}

/** Returns the position of the organization's last event that can be read now. All later events come after it. */
export async function readEnd(database: Queryable, organizationId: string): Promise<EventPosition> {
  const [end] = await database.query<EventPosition>({
    label: 'events_end',
    text: `${withRange} select ${positionColumns('last', 'o')} from organizations o left join lateral ${lastEvent} last on true where o.id = $1`,
    values: [organizationId],
  });
  if (end === undefined) throw new Error('the organization of a feed is missing');
  return end;
}

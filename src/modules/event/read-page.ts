import type { Queryable } from '../../database/database.ts';
import { ParleyError } from '../../errors.ts';
import type { EventKind } from '../../generated/prisma/enums.ts';
import type { EventPosition } from './position.ts';
import { type EventRow, eventColumns, horizon } from './rows.ts';

/** How long events are kept at least, in days. What is older than all that is kept cannot be gone on from. */
export const eventsKeptDays = 30;

/** How many events are counted; a total of this many means so many or more. */
const countedAtMost = 10_000;

interface EventQuery {
  organizationId: string;
  /** Null: from the oldest that is kept. */
  after: EventPosition | null;
  limit: number;
  /** Of these kinds only; null: of all. */
  kinds: readonly EventKind[] | null;
  /** Of this conversation only; null: of all. */
  conversationId: string | null;
  counted: boolean;
}

export interface EventPage {
  /** In the order of their commits. */
  events: EventRow[];
  /** Whether any event that is kept stands before this page. */
  hasPrevious: boolean;
  hasNext: boolean;
  /** Of all that are kept; null where it was not counted. */
  total: number | null;
  /** After all events that could be read: what happens from now on comes after it. */
  end: EventPosition;
}

type Row = EventRow & { horizon: number; purgedBefore: number | null; hasPrevious: boolean; total: number | null };

/** One page of an organization's events, oldest first. @throws CONFLICT where `after` is older than what is kept, or of another database */
export async function readEventPage(database: Queryable, query: EventQuery): Promise<EventPage> {
  const { organizationId, after, limit, kinds, conversationId, counted } = query;
  const kept = `from events e where e.organization_id = $1::uuid and e.transaction_id < ${horizon}`;
  const rows = await database.query<Row>({
    label: 'changes',
    text: `select probe.*, page.* from (select ${horizon} as horizon, o.events_purged_before as "purgedBefore",
          exists(select ${kept} and (e.transaction_id, e.id) <= ($4::bigint, $5::bigint)) as "hasPrevious",
          ${counted ? `(select count(*) from (select ${kept} limit ${countedAtMost}) counted)` : 'null::bigint'} as total
        from organizations o where o.id = $1::uuid) probe
      left join lateral (select ${eventColumns} ${kept} and (e.transaction_id, e.id) > ($4::bigint, $5::bigint)
          and ($2::text[] is null or e.kind = any($2::text[]::event_kind[])) and ($3::uuid is null or e.conversation_id = $3::uuid)
        order by e.transaction_id, e.id limit $6::int) page on true
      order by page."transactionId", page.id`,
    values: [organizationId, kinds, conversationId, after?.transactionId ?? 0, after?.id ?? 0, limit + 1],
  });
  const [first] = rows;
  if (first === undefined) throw new Error('the organization of a viewer is missing');
  if (after !== null) checkKept(after, first);
  // Without events, the one row of the outer join.
  const events = first.id === null ? [] : rows;
  return {
    events: events.slice(0, limit),
    hasPrevious: first.hasPrevious,
    hasNext: events.length > limit,
    total: first.total,
    end: { transactionId: first.horizon, id: 0 },
  };
}

/** A position past the end comes from another database, or from before this one was restored. */
function checkKept(after: EventPosition, { horizon: end, purgedBefore }: Row): void {
  if (after.transactionId >= (purgedBefore ?? 0) && after.transactionId <= end) return;
  throw new ParleyError('CONFLICT', 'after: the events that followed are no longer kept: fetch everything anew, and go on from there', {
    field: 'after',
    reason: 'TOO_OLD',
  });
}

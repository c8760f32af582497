import { countUpTo } from '../../../database/count.ts';
import type { Queryable, Statement } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { EventKind } from '../../../generated/prisma/enums.ts';
import type { EventPosition } from './position.ts';
import { type EventRow, eventColumns, horizon } from './rows.ts';

/** Events are kept at least this long. A cursor that is older than all kept events is refused. */
export const eventsKeptDays = 30;

interface EventQuery {
  organizationId: string;
  after: EventPosition | null;
  before: EventPosition | null;
  limit: number;
  /** True: the last `limit` matching events instead of the first. The order is the same. */
  fromEnd: boolean;
  /** Distinct kinds; null: all kinds. */
  kinds: readonly EventKind[] | null;
  /** Null: events of all conversations, and of the organization. */
  conversationId: string | null;
  counted: boolean;
}

export interface EventPage {
  /** In the order of their commits. */
  events: EventRow[];
  /** True if matching events exist before this page. */
  hasPrevious: boolean;
  /** True if matching events exist after this page. */
  hasNext: boolean;
  /** The number of matching events that are kept; null if it was not requested. */
  total: number | null;
  /** The position after all events that can be read now. All later events come after it. */
  end: EventPosition;
}

type Row = EventRow & { horizon: number; purgedBefore: number | null; hasEarlier: boolean; hasLater: boolean; total: number | null };

/** Reads one page of an organization's events, oldest first. @throws CONFLICT if a bound is older than the kept events, or of another database */
export async function readEventPage(database: Queryable, query: EventQuery): Promise<EventPage> {
  const { after, before, limit, fromEnd } = query;
  const rows = await database.query<Row>(pageStatement(query));
  const [first] = rows;
  if (first === undefined) throw new Error('the organization of a viewer is missing');
  if (after !== null) checkKept('after', after, first);
  if (before !== null) checkKept('before', before, first);
  // Without events the outer join returns one row.
  const found = first.id === null ? [] : rows;
  const more = found.length > limit;
  return {
    events: fromEnd ? found.slice(more ? 1 : 0) : found.slice(0, limit),
    hasPrevious: first.hasEarlier || (fromEnd && more),
    hasNext: first.hasLater || (!fromEnd && more),
    total: first.total,
    end: { transactionId: first.horizon, id: 0 },
  };
}

function pageStatement({ organizationId, after, before, limit, fromEnd, kinds, conversationId, counted }: EventQuery): Statement {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const bound = (position: EventPosition | null) => position && `(${bind(position.transactionId)}::bigint, ${bind(position.id)}::bigint)`;
  const organization = `${bind(organizationId)}::uuid`;
  const size = `${bind(limit + 1)}::int`;
  const [start, end] = [bound(after), bound(before)];
  const key = '(e.transaction_id, e.id)';
  const parts = partsOf(kinds, conversationId, bind);
  /** Returns the union of one query for each part. */
  const all = (select: string, more: string, rest = '') =>
    parts
      .map((part) => `(select ${select} from events e where e.organization_id = ${organization}${part}${more}${rest})`)
      .join(' union all ');
  const kept = ` and e.transaction_id < ${horizon}`;
  const range = [
    // Events before a readable cursor are readable too. With both conditions a scan from the end would begin at the horizon.
    end ? ` and ${key} < ${end}` : kept,
    start && ` and ${key} > ${start}`,
  ];
  const direction = fromEnd ? 'desc' : 'asc';
  return {
    label: 'changes',
    shaped: true,
    text: `select probe.*, page.* from (select ${horizon} as horizon, o.events_purged_before as "purgedBefore",
          ${start ? `exists(${all('', `${kept} and ${key} <= ${start}`)})` : 'false'} as "hasEarlier",
          ${end ? `exists(${all('', `${kept} and ${key} >= ${end}`)})` : 'false'} as "hasLater",
          ${counted ? countUpTo(all('1', kept)) : 'null::bigint'} as total
        from organizations o where o.id = ${organization}) probe
      left join lateral (select * from (${all(eventColumns, range.filter(Boolean).join(''), ` order by e.transaction_id ${direction}, e.id ${direction} limit ${size}`)}) part
        order by part."transactionId" ${direction}, part.id ${direction} limit ${size}) page on true
      order by page."transactionId", page.id`,
    values,
  };
}

/**
 * Returns conditions that together match the filter, and of which an event meets only one. An index serves each of them in the order of commits, so that a
 * page reads at most its own size of each part.
 */
function partsOf(kinds: readonly EventKind[] | null, conversationId: string | null, bind: (value: unknown) => string): string[] {
  if (kinds === null && conversationId === null) return [''];
  const ofConversation = conversationId === null ? '' : ` and e.conversation_id = ${bind(conversationId)}::uuid`;
  return (kinds ?? Object.values(EventKind)).map((kind) => `${ofConversation} and e.kind = ${bind(kind)}::event_kind`);
}

/** Refuses a position before the kept events, or past the end: that one is of another database, or of this one before a backup was restored. */
function checkKept(field: string, position: EventPosition, { horizon: end, purgedBefore }: Row): void {
  if (position.transactionId >= (purgedBefore ?? 0) && position.transactionId <= end) return;
  throw new ParleyError('CONFLICT', `${field}: the events around it are no longer kept: fetch everything again, and continue from there`, {
    field,
    reason: 'TOO_OLD',
  });
}

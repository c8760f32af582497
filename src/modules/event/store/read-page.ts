import { countUpTo } from '../../../database/count.ts';
import type { Queryable, Statement } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { EventKind } from '../../../generated/prisma/enums.ts';
import type { EventPosition } from './position.ts';
import { horizon, isKnown, lastEvent, startOf, withRange } from './range.ts';
import { type EventRow, eventColumns } from './rows.ts';

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
  /** The position of the last event that can be read now, of any filter. All later events come after it. */
  end: EventPosition;
}

type Row = EventRow & {
  lastTransactionId: number;
  lastId: number;
  purgedBefore: number | null;
  knowsAfter: boolean;
  knowsBefore: boolean;
  hasEarlier: boolean;
  hasLater: boolean;
  total: number | null;
};

/** Reads one page of an organization's events, oldest first. @throws CONFLICT if a bound is older than the kept events, or not of this database */
export async function readEventPage(database: Queryable, query: EventQuery): Promise<EventPage> {
  const { after, before, limit, fromEnd } = query;
  const rows = await database.query<Row>(pageStatement(query));
  const [first] = rows;
  if (first === undefined) throw new Error('the organization of a viewer is missing');
  const { purgedBefore, knowsAfter, knowsBefore } = first;
  if (after !== null) checkKept('after', after, purgedBefore, knowsAfter);
  if (before !== null) checkKept('before', before, purgedBefore, knowsBefore);
  // Without events the outer join returns one row.
  const found = first.id === null ? [] : rows;
  const more = found.length > limit;
  return {
    events: fromEnd ? found.slice(more ? 1 : 0) : found.slice(0, limit),
    hasPrevious: first.hasEarlier || (fromEnd && more),
    hasNext: first.hasLater || (!fromEnd && more),
    total: first.total,
    end: { transactionId: first.lastTransactionId, id: first.lastId },
  };
}

function pageStatement({ organizationId, after, before, limit, fromEnd, kinds, conversationId, counted }: EventQuery): Statement {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const organization = `${bind(organizationId)}::uuid`;
  const bound = (position: EventPosition | null) => {
    if (position === null) return null;
    const [transactionId, id] = [`${bind(position.transactionId)}::bigint`, `${bind(position.id)}::bigint`];
    return { key: `(${transactionId}, ${id})`, isKnown: isKnown({ organizationId: organization, organization: 'o', transactionId, id }) };
  };
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
    end ? ` and ${key} < ${end.key}` : kept,
    start && ` and ${key} > ${start.key}`,
  ];
  const direction = fromEnd ? 'desc' : 'asc';
  return {
    label: 'changes',
    shaped: true,
    text: `${withRange}
      select probe.*, page.* from (select coalesce(last.transaction_id, ${startOf('o')}) as "lastTransactionId", coalesce(last.id, 0) as "lastId",
          o.events_purged_before as "purgedBefore",
          ${start?.isKnown ?? 'true'} as "knowsAfter",
          ${end?.isKnown ?? 'true'} as "knowsBefore",
          ${start ? `exists(${all('', `${kept} and ${key} <= ${start.key}`)})` : 'false'} as "hasEarlier",
          ${end ? `exists(${all('', `${kept} and ${key} >= ${end.key}`)})` : 'false'} as "hasLater",
          ${counted ? countUpTo(all('1', kept)) : 'null::bigint'} as total
        from organizations o left join lateral ${lastEvent} last on true where o.id = ${organization}) probe
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

/** Refuses a position before the kept events, and one that this database does not know: it is of another database, or of this one before a backup was restored. */
function checkKept(field: string, position: EventPosition, purgedBefore: number | null, isKnown: boolean): void {
  if (isKnown && position.transactionId >= (purgedBefore ?? 0)) return;
  throw new ParleyError('CONFLICT', `${field}: the events around it are no longer kept: fetch everything again, and continue from there`, {
    field,
    reason: 'TOO_OLD',
  });
}

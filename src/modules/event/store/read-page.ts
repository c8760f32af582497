import type { Queryable, Statement } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { EventKind } from '../../../generated/prisma/enums.ts';
import type { EventPosition } from './position.ts';
import { type EventRow, eventColumns, horizon } from './rows.ts';

/** The days for which events are kept at least. A reader cannot continue from a position before all kept events. */
export const eventsKeptDays = 30;

/** The most events that are counted: a total of this number is a lower bound. */
const countedAtMost = 10_000;

interface EventQuery {
  organizationId: string;
  after: EventPosition | null;
  before: EventPosition | null;
  limit: number;
  /** True: the last matching events instead of the first. They are in the order of commits in both cases. */
  fromEnd: boolean;
  /** Events of these kinds, each named once; null for all kinds. */
  kinds: readonly EventKind[] | null;
  /** Events of this conversation; null for all events. */
  conversationId: string | null;
  counted: boolean;
}

export interface EventPage {
  /** In the order of their commits. */
  events: EventRow[];
  /** True if matching events exist before, after this page. */
  hasPrevious: boolean;
  hasNext: boolean;
  /** The number of matching events that are kept; null if they were not counted. */
  total: number | null;
  /** The position after all events that could be read. Later events come after it. */
  end: EventPosition;
}

type Row = EventRow & { horizon: number; purgedBefore: number | null; hasEarlier: boolean; hasLater: boolean; total: number | null };

/** Reads one page of an organization's events, the oldest first. @throws CONFLICT if a bound is before the kept events, or of another database */
export async function readEventPage(database: Queryable, query: EventQuery): Promise<EventPage> {
  const { after, before, limit, fromEnd } = query;
  const rows = await database.query<Row>(pageStatement(query));
  const [first] = rows;
  if (first === undefined) throw new Error('the organization of a viewer is missing');
  if (after !== null) checkKept('after', after, first);
  if (before !== null) checkKept('before', before, first);
  // Without events, the outer join gives one row of nulls.
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
  /** The events of all parts, as one query for each. */
  const all = (select: string, more: string, rest = '') =>
    parts
      .map((part) => `(select ${select} from events e where e.organization_id = ${organization}${part}${more}${rest})`)
      .join(' union all ');
  const kept = ` and e.transaction_id < ${horizon}`;
  const range = [
    // Events before a position that was readable are readable, so the horizon is left out: a scan from the end would begin there instead of at the bound.
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
          ${counted ? `(select count(*) from (${all('1', kept)} limit ${countedAtMost}) counted)` : 'null::bigint'} as total
        from organizations o where o.id = ${organization}) probe
      left join lateral (select * from (${all(eventColumns, range.filter(Boolean).join(''), ` order by e.transaction_id ${direction}, e.id ${direction} limit ${size}`)}) part
        order by part."transactionId" ${direction}, part.id ${direction} limit ${size}) page on true
      order by page."transactionId", page.id`,
    values,
  };
}

/**
 * Returns conditions that share no event and together match the wanted ones. Each has an index in the order of commits, so that a page reads at most its size
 * of each part, however many other events exist.
 */
function partsOf(kinds: readonly EventKind[] | null, conversationId: string | null, bind: (value: unknown) => string): string[] {
  if (kinds === null && conversationId === null) return [''];
  const ofConversation = conversationId === null ? '' : ` and e.conversation_id = ${bind(conversationId)}::uuid`;
  return (kinds ?? Object.values(EventKind)).map((kind) => `${ofConversation} and e.kind = ${bind(kind)}::event_kind`);
}

/** A position after the end is of another database, or of this one before it was restored. */
function checkKept(field: string, position: EventPosition, { horizon: end, purgedBefore }: Row): void {
  if (position.transactionId >= (purgedBefore ?? 0) && position.transactionId <= end) return;
  throw new ParleyError('CONFLICT', `${field}: the events around it are no longer kept: fetch everything anew, and go on from there`, {
    field,
    reason: 'TOO_OLD',
  });
}

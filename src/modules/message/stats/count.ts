import type { Queryable, Statement } from '../../../database/database.ts';
import type { Bind } from '../../../database/keyset.ts';
import type { Channel, MessageDirection } from '../../../generated/prisma/enums.ts';

/** The most messages that one statement counts. The embedded database answers nothing else meanwhile; PostgreSQL needs about 10 ms. */
const sliceSize = 20_000;

/** Messages of this conversation or phone number only. */
export interface CountFilter {
  conversationId?: string | null;
  phoneNumberId?: string | null;
}

/** The number of messages of one day, channel and direction. `day`: 0 is the first. */
export interface DayCount {
  day: number;
  channel: Channel;
  direction: MessageDirection;
  messages: number;
}

/** The last message of a slice. */
interface SliceEnd {
  lastAt: Date;
  lastId: string;
}

/**
 * Counts an organization's messages by day, in slices, each a statement of its own. `starts`: the instants at which the days begin, and the end of the last one.
 * Messages that are recorded meanwhile may be missing.
 */
export async function countMessages(
  database: Queryable,
  organizationId: string,
  starts: readonly Date[],
  filter: CountFilter,
): Promise<DayCount[]> {
  const counts: DayCount[] = [];
  let after: SliceEnd | null = { lastAt: starts[0] ?? new Date(0), lastId: beforeAllIds };
  while (after !== null) {
    const rows: (DayCount & SliceEnd)[] = await database.query<DayCount & SliceEnd>(sliceStatement(organizationId, starts, filter, after));
    counts.push(...rows);
    const counted = rows.reduce((sum, { messages }) => sum + messages, 0);
    after = counted < sliceSize ? null : (rows[0] ?? null);
  }
  return counts;
}

const beforeAllIds = '00000000-0000-0000-0000-000000000000';

/** The view redacts content, of which nothing is read here: an index has all columns for a count without filter. */
function sliceStatement(
  organizationId: string,
  starts: readonly Date[],
  { conversationId, phoneNumberId }: CountFilter,
  { lastAt, lastId }: SliceEnd,
): Statement {
  const values: unknown[] = [organizationId, starts, lastAt, lastId, starts.at(-1)];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const conditions = [
    ...(conversationId == null ? [] : [`and m.conversation_id = ${bind(conversationId)}::uuid`]),
    ...(phoneNumberId == null ? [] : [`and m.phone_number_id = ${bind(phoneNumberId)}::uuid`]),
  ];
  return {
    label: 'message_stats',
    text: `with slice as materialized (select m.created_at, m.id, m.channel, m.direction from visible_messages m
        where m.organization_id = $1::uuid and (m.created_at, m.id) > ($3::timestamptz, $4::uuid) and m.created_at < $5::timestamptz ${conditions.join(' ')}
        order by m.created_at, m.id limit ${sliceSize})
      select width_bucket(s.created_at, $2::timestamptz[]) - 1 as day, s.channel, s.direction, count(*) as messages, last.created_at as "lastAt", last.id as "lastId"
      from slice s cross join (select e.created_at, e.id from slice e order by e.created_at desc, e.id desc limit 1) last
      group by day, s.channel, s.direction, last.created_at, last.id`,
    values,
  };
}

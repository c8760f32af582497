import type { Bind } from '../../database/keyset.ts';
import type { Channel, MessageDirection } from '../../generated/prisma/enums.ts';
import { searchQuery } from '../search/tokens.ts';

export interface MessageFilter {
  /** Sent earlier, later than these instants, which do not count themselves. */
  before?: Date | null;
  after?: Date | null;
  direction?: MessageDirection | null;
  channels?: readonly Channel[] | null;
  /** Full-text search in the body, at most 256 characters; without a letter or digit nothing is found. */
  query?: string | null;
}

/** How many filtered messages are counted; a total of this many means so many or more. */
const countedAtMost = 10_000;

/** The filter as SQL conditions over the visible messages `m`. `ofPart`: of a conversation or a number, of which there may be many at once. */
export function filterConditions({ before, after, direction, channels, query }: MessageFilter, bind: Bind, ofPart: boolean): string[] {
  return [
    before != null && `m.created_at < ${bind(before)}::timestamptz`,
    after != null && `m.created_at > ${bind(after)}::timestamptz`,
    direction != null && `m.direction = ${bind(direction)}::message_direction`,
    channels != null && `m.channel = any(${bind(channels)}::text[]::channel[])`,
    query != null && found(query, bind, ofPart),
  ].filter((condition) => condition !== false);
}

/**
 * The vector is raw, so that its index is used; what is gone is ruled out beside it. Short beginnings are looked for in the messages that are there
 * otherwise: the index, which is of all organizations, would be gone through for each list anew. As a function it is not asked.
 */
function found(query: string, bind: Bind, ofPart: boolean): string {
  const { rare, common } = searchQuery(query);
  if (rare === null && common === null) return 'false';
  const byIndex = (wanted: string) => `m.search_vector @@ ${bind(wanted)}::tsquery`;
  const byMessage = (wanted: string) => `ts_match_vq(m.search_vector, ${bind(wanted)}::tsquery)`;
  return [
    rare && byIndex(rare),
    common && (rare !== null || ofPart ? byMessage(common) : byIndex(common)),
    "m.kind = 'NORMAL' and m.redacted_at is null and m.deleted_at is null",
  ]
    .filter((condition) => condition !== null)
    .join(' and ');
}

export function filteredTotal(filtered: string): string {
  return `(select count(*) from (select ${filtered} limit ${countedAtMost}) matching)`;
}

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

/** The filter as SQL conditions over the visible messages `m`. */
export function filterConditions({ before, after, direction, channels, query }: MessageFilter, bind: Bind): string[] {
  return [
    before != null && `m.created_at < ${bind(before)}::timestamptz`,
    after != null && `m.created_at > ${bind(after)}::timestamptz`,
    direction != null && `m.direction = ${bind(direction)}::message_direction`,
    channels != null && `m.channel = any(${bind(channels)}::text[]::channel[])`,
    query != null && found(query, bind),
  ].filter((condition) => condition !== false);
}

/** The vector is raw, so that its index is used; what is gone is ruled out beside it. */
function found(query: string, bind: Bind): string {
  const wanted = searchQuery(query);
  if (wanted === null) return 'false';
  return `m.search_vector @@ ${bind(wanted)}::tsquery and m.kind = 'NORMAL' and m.redacted_at is null and m.deleted_at is null`;
}

export function filteredTotal(filtered: string): string {
  return `(select count(*) from (select ${filtered} limit ${countedAtMost}) matching)`;
}

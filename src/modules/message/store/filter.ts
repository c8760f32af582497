import type { Bind } from '../../../database/keyset.ts';
import type { Channel, MessageDirection, MessageStatus } from '../../../generated/prisma/enums.ts';
import { searchQuery } from '../../search/tokens.ts';

export interface MessageFilter {
  /** Messages sent before `sentBefore` and after `sentAfter`, but not at these times. */
  sentBefore?: Date | null;
  sentAfter?: Date | null;
  /** With `sentBefore`: also messages of exactly that time with a lower rank. With `sentAfter`: with a higher rank. */
  sentBeforeRank?: number | null;
  sentAfterRank?: number | null;
  direction?: MessageDirection | null;
  channels?: readonly Channel[] | null;
  /** An inbound message has no status, so it never matches. */
  statuses?: readonly MessageStatus[] | null;
  /** Full-text search in the body, at most 256 characters. Without a letter or digit it matches nothing. */
  query?: string | null;
}

/** The values that conditions need beside the filter. */
interface FilterValues {
  bind: Bind;
  /** The placeholder of the organization's id. */
  organization: string;
  /** See `Viewer.searchSalt`. */
  searchSalt: string | null;
}

/** The filter as SQL conditions over the visible messages `m` of conversations or phone numbers. One statement may read the lists of many. */
export function filterConditions(filter: MessageFilter, values: FilterValues): string[] {
  const { query } = filter;
  const { bind } = values;
  const text = query == null ? [] : [matchesText(query, values)];
  return [...timeConditions(filter, bind), ...propertyConditions(filter, bind), ...text];
}

/** The filter's range of times, as SQL conditions. */
export function timeConditions({ sentBefore, sentAfter, sentBeforeRank, sentAfterRank }: MessageFilter, bind: Bind): string[] {
  return [
    ...(sentBefore == null ? [] : [beyond('<', sentBefore, sentBeforeRank, bind)]),
    ...(sentAfter == null ? [] : [beyond('>', sentAfter, sentAfterRank, bind)]),
  ];
}

/** The filter's conditions except its times and its text, as SQL. */
export function propertyConditions({ direction, channels, statuses }: MessageFilter, bind: Bind): string[] {
  return [
    ...(direction == null ? [] : [`m.direction = ${bind(direction)}::message_direction`]),
    ...(channels == null ? [] : [`m.channel = any(${bind(channels)}::text[]::channel[])`]),
    ...(statuses == null ? [] : [`m.status = any(${bind(statuses)}::text[]::message_status[])`]),
  ];
}

function beyond(comparison: '<' | '>', instant: Date, rank: number | null | undefined, bind: Bind): string {
  if (rank == null) return `m.created_at ${comparison} ${bind(instant)}::timestamptz`;
  return `(m.created_at, m.created_at_rank) ${comparison} (${bind(instant)}::timestamptz, ${bind(rank)}::int)`;
}

/** The column with the tokens of a message. */
export function tokensColumn(searchSalt: string | null): string {
  return searchSalt === null ? 'm.search_vector' : 'm.search_tokens';
}

/**
 * The view does not blank the search tokens, because blanked tokens could not use their index. So redacted content is excluded here, and before any word is compared:
 * PostgreSQL evaluates conditions of the same cost in this order. The cutoff is a subquery of its own, which is computed once per statement; the view's
 * `redacted_at` would read the history of policies for every redacted match. A message that was redacted by erasure or import has no tokens.
 */
export function searchable(organization: string): string {
  return `m.created_at > (select r.through from retention_cutoffs r where r.organization_id = ${organization}::uuid) and m.deleted_at is null and m.kind = 'NORMAL'`;
}

/**
 * Prefixes that many messages have are compared with the messages of the list, because the index would be read once for each list.
 * PostgreSQL uses the index for the operator only, not for the function.
 */
function matchesText(query: string, { bind, organization, searchSalt }: FilterValues): string {
  const { rare, common } = searchQuery(query, searchSalt ?? '');
  if (rare === null && common === null) return 'false';
  const tokens = tokensColumn(searchSalt);
  return [
    searchable(organization),
    ...(rare === null ? [] : [`${tokens} @@ ${bind(rare)}::tsquery`]),
    ...(common === null ? [] : [`ts_match_vq(${tokens}, ${bind(common)}::tsquery)`]),
  ].join(' and ');
}

import { countUpTo } from '../../../database/count.ts';
import type { Bind } from '../../../database/keyset.ts';
import type { ListSource } from '../../../database/source.ts';
import { badInput, refuseNulls } from '../../../errors.ts';
import { type Ordering, orderings } from '../../../values/cursor.ts';
import { checkQuery } from '../../search/containing.ts';
import { filterConditions, type MessageFilter } from './filter.ts';
import type { MessageRow } from './rows.ts';

/** The arguments of a list. */
interface ListRequest {
  searchSalt: string | null;
  filter?: MessageFilter | null | undefined;
}

/**
 * Returns the list of the matching messages of a conversation or a phone number, ordered by time. `counted`: the total is requested and must be counted.
 * @throws BAD_USER_INPUT
 */
export function messageListing(source: ListSource<MessageRow>, { filter, searchSalt }: ListRequest, descending: boolean, counted: boolean) {
  if (filter != null) checkFilter(filter);
  const compared = filter && withoutRepeats(filter);
  return {
    source,
    ordering: messageOrdering(descending),
    time: 'm.created_at',
    timeField: 'createdAt' as const,
    where: (bind: Bind, organization: string) => (compared ? filterConditions(compared, { bind, organization, searchSalt }) : []),
    total: counted ? (_bind: unknown, filtered: string) => countUpTo(`select ${filtered}`) : null,
    // The better plan depends on how common the words are: it begins with the words or with the conversation.
    replanned: filter?.query != null,
  };
}

/** Returns the filter without repeated values: each would be compared with every message again. */
export function withoutRepeats(filter: MessageFilter): MessageFilter {
  const { channels, statuses } = filter;
  return { ...filter, channels: channels && [...new Set(channels)], statuses: statuses && [...new Set(statuses)] };
}

export function messageOrdering(descending: boolean): Ordering {
  return { mark: orderings.messageCreatedAt, descending };
}

/** Checks a filter of messages. @throws BAD_USER_INPUT */
export function checkFilter(filter: MessageFilter): void {
  refuseNulls('filter', filter);
  const { sentBefore, sentBeforeRank, sentAfter, sentAfterRank, query } = filter;
  if (query != null) checkQuery('filter.query', query);
  checkRank('filter.sentBeforeRank', sentBeforeRank, 'sentBefore', sentBefore);
  checkRank('filter.sentAfterRank', sentAfterRank, 'sentAfter', sentAfter);
}

function checkRank(field: string, rank: number | null | undefined, boundName: string, bound: Date | null | undefined): void {
  if (rank == null) return;
  if (rank < 0) throw badInput(field, 'must be 0 or more');
  if (bound == null) throw badInput(field, `needs ${boundName}, the time that it belongs to`);
}

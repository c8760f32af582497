import { orderings } from '../../cursor.ts';
import type { KeysetSource } from '../../database/keyset.ts';
import { checkQuery } from '../search/check-query.ts';
import { filterConditions, filteredTotal, type MessageFilter } from './filter.ts';

/** What is asked for, as arguments name it. */
interface Asked {
  query?: string;
  filter?: MessageFilter | null | undefined;
}

/**
 * How a list of messages is found: those that fit what is asked for, by time. `counted`: its total is asked for, and no counter knows it.
 * @throws BAD_USER_INPUT
 */
export function messageListing(source: KeysetSource, { query, filter }: Asked, descending: boolean, counted: boolean) {
  if (query !== undefined) checkQuery('query', query);
  if (filter?.query != null) checkQuery('filter.query', filter.query);
  const ofPart = source.parent !== source.organization;
  // What is repeated would be compared with every message again.
  const channels = filter?.channels && [...new Set(filter.channels)];
  const filters: MessageFilter[] = [...(query === undefined ? [] : [{ query }]), ...(filter ? [{ ...filter, channels }] : [])];
  return {
    key: JSON.stringify(filters),
    source,
    ordering: { mark: orderings.messageCreatedAt, descending },
    time: 'm.created_at',
    where: (bind: (value: unknown) => string) => filters.flatMap((each) => filterConditions(each, bind, ofPart)),
    total: counted ? (_bind: unknown, filtered: string) => filteredTotal(filtered) : null,
    // Whether to begin with the words or with the conversation is told by how common the words are.
    replanned: filters.some((each) => each.query != null),
  };
}

import { orderings } from '../../cursor.ts';
import type { KeysetSource } from '../../database/keyset.ts';
import { filterConditions, filteredTotal, type MessageFilter } from './filter.ts';

/** How a list of messages is found: those that fit every filter, by time. `counted`: its total is asked for, and no counter knows it. */
export function messageListing(source: KeysetSource, filters: readonly MessageFilter[], descending: boolean, counted: boolean) {
  return {
    key: JSON.stringify(filters),
    source,
    ordering: { mark: orderings.messageCreatedAt, descending },
    time: 'm.created_at',
    where: (bind: (value: unknown) => string) => filters.flatMap((filter) => filterConditions(filter, bind)),
    total: counted ? (_bind: unknown, filtered: string) => filteredTotal(filtered) : null,
  };
}

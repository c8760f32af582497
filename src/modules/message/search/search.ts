import type { Bind, Page } from '../../../database/keyset.ts';
import { checkQuery } from '../../search/containing.ts';
import { searchTerms } from '../../search/tokens.ts';
import { type MessageFilter, propertyConditions, searchable, timeConditions, tokensColumn } from '../store/filter.ts';
import { checkFilter, withoutRepeats } from '../store/listing.ts';

/** A search of all messages of an organization. */
export interface Search {
  /** tsquery literals that must all match; without one, nothing matches. */
  terms: readonly string[];
  tokens: string;
  /** Its query is among the terms. */
  filter: MessageFilter;
  descending: boolean;
}

interface SearchRequest {
  query: string;
  filter?: MessageFilter | null | undefined;
  /** See `Viewer.searchSalt`. */
  searchSalt: string | null;
}

/** @throws BAD_USER_INPUT */
export function readSearch({ query, filter, searchSalt }: SearchRequest, descending: boolean): Search {
  checkQuery('query', query);
  if (filter != null) checkFilter(filter);
  const [ofQuery, ofFilter] = [query, filter?.query].map((text) =>
    text == null ? null : searchTerms(text, searchSalt ?? '').map(({ literal }) => literal),
  );
  const isEmpty = ofQuery?.length === 0 || ofFilter?.length === 0;
  return {
    terms: isEmpty ? [] : [...new Set([...(ofQuery ?? []), ...(ofFilter ?? [])])],
    tokens: tokensColumn(searchSalt),
    filter: withoutRepeats(filter ?? {}),
    descending,
  };
}

/** The conditions of a search except its words and its cursors, as SQL over the visible messages `m`. */
export function conditionsOf({ filter }: Search, bind: Bind, organization: string): string[] {
  return [searchable(organization), ...timeConditions(filter, bind), ...propertyConditions(filter, bind)];
}

/** The condition that a message has all of these terms, compared with each message: PostgreSQL uses the index for the operator only, not for the function. */
export function comparing({ tokens }: Search, terms: readonly string[], bind: Bind): string {
  return `ts_match_vq(${tokens}, ${bind(terms.join(' & '))}::tsquery)`;
}

type Range = Pick<Page, 'after' | 'before' | 'fromEnd'>;

/** The messages that the pages of a list are read from: those of the organization in the filter's times and between the cursors, from the page's beginning. */
export function inRange({ filter, descending }: Search, { after, before, fromEnd }: Range, bind: Bind, organization: string): string {
  const bound = (operator: '<' | '>', { time, id }: NonNullable<Page['after']>) =>
    `(m.created_at, m.id) ${operator} (${bind(time)}::timestamptz, ${bind(id)}::uuid)`;
  const conditions = [
    `m.organization_id = ${organization}::uuid`,
    `m.created_at > (select r.through from retention_cutoffs r where r.organization_id = ${organization}::uuid)`,
    ...timeConditions(filter, bind),
    ...(after === null ? [] : [bound(descending ? '<' : '>', after)]),
    ...(before === null ? [] : [bound(descending ? '>' : '<', before)]),
  ];
  const direction = descending === fromEnd ? 'asc' : 'desc';
  return `from visible_messages m where ${conditions.join(' and ')} order by m.created_at ${direction}, m.id ${direction}`;
}

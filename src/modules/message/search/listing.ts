import { countUpTo } from '../../../database/count.ts';
import type { Bind, Page } from '../../../database/keyset.ts';
import { messageOrdering } from '../store/listing.ts';
import { messagesOfOrganization } from '../store/rows.ts';
import { comparing, conditionsOf, inRange, type Search } from './search.ts';
import type { Ways } from './ways.ts';

const wholeList = { after: null, before: null, fromEnd: false };

/** Returns the list of the messages that a search finds, ordered by time. `counted`: the total is requested. */
export function searchListing(search: Search, { page: way, within, total, indexed }: Ways, page: Page, counted: boolean) {
  const matching = (bind: Bind, organization: string, by: Ways['page']) =>
    search.terms.length === 0
      ? ['false']
      : [
          ...conditionsOf(search, bind, organization),
          ...(by === 'time' ? [comparing(search, search.terms, bind)] : found(search, indexed, bind)),
        ];
  const closer = (bind: Bind, organization: string) =>
    within === null
      ? []
      : [`m.created_at ${search.descending === page.fromEnd ? '<=' : '>='} ${endOf(search, page, within, bind, organization)}`];
  return {
    source: messagesOfOrganization,
    ordering: messageOrdering(search.descending),
    // An expression has no index: by the column, PostgreSQL may compare all messages in the order of the list.
    time: way === 'time' ? 'm.created_at' : "(m.created_at + interval '0')",
    timeField: 'createdAt' as const,
    where: (bind: Bind, organization: string) => [...matching(bind, organization, way), ...closer(bind, organization)],
    total: counted ? (bind: Bind) => totalOf(search, matching(bind, '$1', total), total, bind) : null,
    // The terms are hidden from the planner, but not how many messages the organization has.
    replanned: true,
  };
}

/**
 * The conditions on the tokens, of which the index finds the indexed ones. In subqueries, because for a value PostgreSQL would use its statistics: they may not
 * know the word, and then take every prefix for one in fifty messages. For two unknown values it expects so few messages that it reads no other index.
 */
function found(search: Search, indexed: readonly string[], bind: Bind): string[] {
  const others = search.terms.filter((term) => !indexed.includes(term));
  const lookedUp = `${search.tokens} @@ (select ${bind(indexed.join(' & '))}::tsquery)`;
  return [lookedUp, lookedUp, ...(others.length > 0 ? [comparing(search, others, bind)] : [])];
}

/** The time of the message at which a page gives up, as SQL. */
function endOf(search: Search, page: Page, within: number, bind: Bind, organization: string): string {
  const end = search.descending === page.fromEnd ? 'infinity' : '-infinity';
  return `coalesce((select m.created_at ${inRange(search, page, bind, organization)} offset ${bind(within)}::int limit 1), '${end}')`;
}

/** The number of matches up to the limit. By time, `offset 0` keeps the conditions out of PostgreSQL's estimate, so that it reads in order and stops early. */
function totalOf(search: Search, conditions: readonly string[], way: Ways['total'], bind: Bind): string {
  const { from, organization } = messagesOfOrganization;
  const where = conditions.join(' and ');
  if (way === 'time') return countUpTo(`select from (select m.* ${inRange(search, wholeList, bind, '$1')} offset 0) m where ${where}`);
  return countUpTo(`select from ${from} where ${organization} = $1::uuid and ${where}`);
}

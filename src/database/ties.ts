import type { Statement } from './database.ts';
import { groupByParent, type KeysetPage, type KeysetQuery, listStatement, type PageRow } from './keyset.ts';

export interface TiesPage {
  limit: number;
  fromEnd: boolean;
  /** How many items it may have past `limit`. */
  maxTies: number;
}

/**
 * A page from one end of a list that never splits items of one instant: it goes on past `limit` until they are all there, as SQL's WITH TIES. For
 * clients that page by time alone.
 */
export function tiesStatement(
  query: KeysetQuery,
  organizationId: string,
  parents: readonly string[],
  { limit, fromEnd, maxTies }: TiesPage,
): Statement {
  return listStatement(query, organizationId, parents, ({ bind, filtered, beyond, behind, order }) => {
    const last = `(select ${query.time} ${filtered} ${order(fromEnd)} offset ${bind(limit - 1)}::int limit 1)`;
    const within = fromEnd ? beyond : behind;
    const out = fromEnd ? behind : beyond;
    const more = `exists(select ${filtered} and ${query.time} ${out} ${last})`;
    return {
      hasEarlier: fromEnd ? more : 'false',
      hasLater: fromEnd ? 'false' : more,
      // Fewer than a page: there is no last instant, and all are within.
      items: (columns) =>
        `select ${columns} ${filtered} and ${query.time} ${within}= coalesce(${last}, ${fromEnd === query.descending ? `'infinity'` : `'-infinity'`}::timestamptz)
          ${order(fromEnd)} limit ${bind(limit + maxTies + 1)}::int`,
    };
  });
}

/** @returns for each parent its page; null: too many items are of the instant that the page would end at */
export function tiesPages<Row>(rows: readonly PageRow<Row>[], parents: number, { limit, maxTies }: TiesPage): (KeysetPage<Row> | null)[] {
  return groupByParent(rows, parents).map(({ first, items }) => {
    if (items.length > limit + maxTies) return null;
    return { rows: items, hasPrevious: Boolean(first?.hasEarlier), hasNext: Boolean(first?.hasLater), total: first?.total ?? null };
  });
}

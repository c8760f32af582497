import { groupByParent, type KeysetPage, type KeysetQuery, type ListStatement, listStatement, type PageRow } from './keyset.ts';

/** The item in the middle of a page: a column as SQL, its type and its value. */
export interface Pivot {
  column: string;
  type: 'uuid' | 'bigint';
  value: string | number;
}

type AroundRow<Row> = PageRow<Row> & { side: -1 | 0 };

/** The statement that reads an item and up to `limit` items on each side of it. */
export function aroundStatement(query: KeysetQuery<unknown>, organizationId: string, pivot: Pivot, limit: number): ListStatement {
  return listStatement(query, organizationId, ({ bind, filtered, beyond, behind, key, order }) => {
    const size = bind(limit + 1);
    const isPivot = `${pivot.column} = ${bind(pivot.value)}::${pivot.type}`;
    const at = '(pivot."time", pivot.id)';
    return {
      hasEarlier: null,
      hasLater: null,
      items: (columns) => `select sides.* from (select ${query.time} as "time", ${query.source.id} as id ${filtered} and ${isPivot}) pivot
        cross join lateral ((select ${columns}, -1 as side ${filtered} and ${key} ${behind} ${at} ${order(true)} limit ${size}::int)
          union all (select ${columns}, 0 as side ${filtered} and ${key} ${beyond}= ${at} ${order(false)} limit ${size}::int)) sides`,
    };
  });
}

/** Returns the page around an item, which the page includes; null if the list does not have the item. If one side has too few items, the other side has more. */
export function aroundPages<Row>(rows: readonly PageRow<Row>[], parents: number, limit: number): (KeysetPage<Row> | null)[] {
  return groupByParent(rows as readonly AroundRow<Row>[], parents).map(({ first, items }) => {
    if (items.length === 0) return null;
    const pivot = items.filter(({ side }) => side === -1).length;
    const rest = limit - 1;
    const following = items.length - pivot - 1;
    const before = Math.min(pivot, Math.max(Math.ceil(rest / 2), rest - following));
    const start = pivot - before;
    const end = Math.min(items.length, start + limit);
    return { rows: items.slice(start, end), hasPrevious: start > 0, hasNext: end < items.length, total: first?.total ?? null };
  });
}

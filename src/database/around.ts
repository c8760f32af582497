import type { Statement } from './database.ts';
import { groupByParent, type KeysetPage, type KeysetQuery, listStatement, type PageRow } from './keyset.ts';

/** The item that a page is wanted around: by a column, as SQL, of a type and a value. */
export interface Pivot {
  column: string;
  type: 'uuid' | 'bigint';
  value: string | number;
}

type AroundRow<Row> = PageRow<Row> & { side: -1 | 0 };

/** What one item's surroundings are cut from: up to `limit` items on either side of it, in one statement. */
export function aroundStatement(
  query: KeysetQuery,
  organizationId: string,
  parents: readonly string[],
  pivot: Pivot,
  limit: number,
): Statement {
  return listStatement(query, organizationId, parents, ({ bind, filtered, beyond, behind, key, order }) => {
    const size = bind(limit + 1);
    const wanted = `${pivot.column} = ${bind(pivot.value)}::${pivot.type}`;
    const at = '(pivot."time", pivot.id)';
    return {
      hasEarlier: 'false',
      hasLater: 'false',
      items: (columns) => `select sides.* from (select ${query.time} as "time", ${query.source.id} as id ${filtered} and ${wanted}) pivot
        cross join lateral ((select ${columns}, -1 as side ${filtered} and ${key} ${behind} ${at} ${order(true)} limit ${size}::int)
          union all (select ${columns}, 0 as side ${filtered} and ${key} ${beyond}= ${at} ${order(false)} limit ${size}::int)) sides`,
    };
  });
}

/** The page around an item, itself included: split as evenly as the ends allow, what one side lacks the other gives; null: it is not in the list. */
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

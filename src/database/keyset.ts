// Pages by value: an ordering's key (an instant and an id), not a row that must still exist. One statement for all parents of a level.
import type { Position } from '../values/cursor.ts';
import type { Statement } from './database.ts';

export interface Page {
  /** How many items at most. */
  limit: number;
  /** How many items are passed over first: forward and without bounds only, since what was passed over is not looked at. */
  offset: number;
  /** Counts from the end of the list instead of its beginning; the items still come in the list's order. */
  fromEnd: boolean;
  after: Position | null;
  before: Position | null;
}

/** Adds a value to the statement and gives its placeholder. */
export type Bind = (value: unknown) => string;

/** What is paged: SQL expressions over `from`, and a select list with a column `id`. */
export interface KeysetSource {
  label: string;
  columns: string;
  from: string;
  organization: string;
  parent: string;
  id: string;
}

export interface KeysetQuery {
  source: KeysetSource;
  /** The instant that the list is ordered by, as SQL. */
  time: string;
  /** A condition, as SQL, that the list is ordered by before the time: items that meet it are greater than all others. */
  flag?: string;
  descending: boolean;
  /** Further conditions, as SQL. `organization` is the placeholder of the organization's id. */
  where: (bind: Bind, organization: string) => string[];
  /** How many items the whole filtered list of `parent.id` has, as an SQL expression; null: not asked. */
  total: ((bind: Bind, filtered: string) => string) | null;
  /** See `Statement.replanned`. */
  replanned?: boolean;
}

export interface KeysetPage<Row> {
  rows: (Row & { keyTime: Date; keyFlag?: boolean })[];
  /** Whether an item exists before, after this page in the whole filtered list, whatever the bounds were. */
  hasPrevious: boolean;
  hasNext: boolean;
  total: number | null;
}

/** What the statement gives: an item with its parent's place, or a parent without items. */
export type PageRow<Row> = Row & {
  parent: number;
  hasEarlier: boolean;
  hasLater: boolean;
  total: number | null;
  id: string | null;
  keyTime: Date;
  keyFlag?: boolean;
};

/** One page for each parent, in one statement; LIMIT is in the statement. */
export function keysetStatement(query: KeysetQuery, organizationId: string, parents: readonly string[], page: Page): Statement {
  return listStatement(query, organizationId, parents, ({ bind, filtered, beyond, behind, key, order }) => {
    const flag = (position: Position) => (query.flag ? `${bind(position.flag)}::boolean, ` : '');
    const bound = (position: Position) => `(${flag(position)}${bind(position.time)}::timestamptz, ${bind(position.id)}::uuid)`;
    const after = page.after && bound(page.after);
    const before = page.before && bound(page.before);
    const range = [after && ` and ${key} ${beyond} ${after}`, before && ` and ${key} ${behind} ${before}`].join('');
    const skip = page.offset > 0 ? ` offset ${bind(page.offset)}::int` : '';
    return {
      // Past an offset: whatever the list has, it begins before this page.
      hasEarlier: after ? `exists(select ${filtered} and ${key} ${behind}= ${after})` : skip ? `exists(select ${filtered})` : 'false',
      hasLater: before ? `exists(select ${filtered} and ${key} ${beyond}= ${before})` : 'false',
      items: (columns) => `select ${columns} ${filtered}${range} ${order(page.fromEnd)} limit ${bind(page.limit + 1)}::int${skip}`,
    };
  });
}

/** The parts of a statement over lists: of one parent's list the conditions, and the comparisons that lead on and back in its order. */
interface ListParts {
  bind: Bind;
  filtered: string;
  beyond: '<' | '>';
  behind: '<' | '>';
  key: string;
  order: (reversed: boolean) => string;
}

interface ListSelection {
  hasEarlier: string;
  hasLater: string;
  items: (columns: string) => string;
}

/** The frame of every statement over lists: what a parent's row says, and its items in the order of the list. */
export function listStatement(
  query: KeysetQuery,
  organizationId: string,
  parents: readonly string[],
  select: (parts: ListParts) => ListSelection,
): Statement {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const { source, time, flag, descending, replanned } = query;
  const organization = bind(organizationId);
  const parentIds = bind(parents);
  const conditions = [`${source.organization} = ${organization}::uuid`, `${source.parent} = parent.id`, ...query.where(bind, organization)];
  const filtered = `from ${source.from} where ${conditions.join(' and ')}`;
  const [beyond, behind] = descending ? (['<', '>'] as const) : (['>', '<'] as const);
  const direction = (reversed: boolean) => (descending === reversed ? 'asc' : 'desc');
  const keys = [...(flag ? [flag] : []), time, source.id];
  const directed = (by: readonly string[], reversed: boolean) => by.map((each) => `${each} ${direction(reversed)}`).join(', ');
  const order = (reversed: boolean) => `order by ${directed(keys, reversed)}`;
  const { hasEarlier, hasLater, items } = select({ bind, filtered, beyond, behind, key: `(${keys.join(', ')})`, order });
  const keyColumns = `${time} as "keyTime"${flag ? `, ${flag} as "keyFlag"` : ''}`;
  const inOrder = [...(flag ? ['item."keyFlag"'] : []), 'item."keyTime"', 'item.id'];
  // "offset 0": PostgreSQL would otherwise move what a parent's row says into every item's row, and count as often as there are items.
  const text = `select parent.ordinal::int as "parent", probe.*, item.*
from unnest(${parentIds}::uuid[]) with ordinality parent(id, ordinal)
cross join lateral (select ${hasEarlier} as "hasEarlier", ${hasLater} as "hasLater",
  ${query.total ? query.total(bind, filtered) : 'null'}::int as "total" offset 0) probe
left join lateral (${items(`${source.columns}, ${keyColumns}`)}) item on true
order by parent.ordinal, ${directed(inOrder, false)}`;
  return { label: source.label, text, values, replanned, shaped: true };
}

/** Sorts the statement's rows into the pages of its parents, in their order. */
export function keysetPages<Row>(rows: readonly PageRow<Row>[], parents: number, page: Page): KeysetPage<Row>[] {
  return groupByParent(rows, parents).map(({ first, items }) => {
    const more = items.length > page.limit;
    return {
      rows: page.fromEnd ? items.slice(more ? 1 : 0) : items.slice(0, page.limit),
      hasPrevious: Boolean(first?.hasEarlier) || (page.fromEnd && more),
      hasNext: Boolean(first?.hasLater) || (!page.fromEnd && more),
      total: first?.total ?? null,
    };
  });
}

/** A parent without items is one row of the outer join, whose id is null. */
export function groupByParent<Row>(
  rows: readonly PageRow<Row>[],
  parents: number,
): { first: PageRow<Row> | undefined; items: PageRow<Row>[] }[] {
  const groups: PageRow<Row>[][] = Array.from({ length: parents }, () => []);
  for (const row of rows) groups[row.parent - 1]?.push(row);
  return groups.map((group) => ({ first: group[0], items: group[0]?.id == null ? [] : group }));
}

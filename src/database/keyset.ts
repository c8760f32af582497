// Pages by value: an ordering's key (an instant and an id), not a row that must still exist. One statement for all parents of a level.
import type { Statement } from './database.ts';

export interface Position {
  time: Date;
  id: string;
}

export interface Page {
  /** How many items at most. */
  limit: number;
  /** Counts from the end of the list instead of its beginning; the items still come in the list's order. */
  fromEnd: boolean;
  after: Position | null;
  before: Position | null;
}

/** Adds a value to the statement and gives its placeholder. */
export type Bind = (value: unknown) => string;

/** What is paged. Names are SQL expressions over `from`; a row's `id` column and the column named by `timeField` are its key. */
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
  descending: boolean;
  /** Further conditions, as SQL. */
  where: (bind: Bind) => string[];
  /** How many items the whole filtered list of `parent.id` has, as an SQL expression; null: not asked. */
  total: ((bind: Bind, filtered: string) => string) | null;
}

export interface KeysetPage<Row> {
  rows: (Row & { keyTime: Date })[];
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
};

/** One page for each parent, in one statement; LIMIT is in the statement. */
export function keysetStatement(query: KeysetQuery, organizationId: string, parents: readonly string[], page: Page): Statement {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const { source, time } = query;
  const key = `(${time}, ${source.id})`;
  const organization = bind(organizationId);
  const parentIds = bind(parents);
  const conditions = [`${source.organization} = ${organization}::uuid`, `${source.parent} = parent.id`, ...query.where(bind)];
  const filtered = `from ${source.from} where ${conditions.join(' and ')}`;
  const [beyond, behind] = query.descending ? ['<', '>'] : ['>', '<'];
  const bound = (position: Position) => `(${bind(position.time)}::timestamptz, ${bind(position.id)}::uuid)`;
  const after = page.after && bound(page.after);
  const before = page.before && bound(page.before);
  const range = [after && ` and ${key} ${beyond} ${after}`, before && ` and ${key} ${behind} ${before}`].join('');
  const listed = query.descending ? 'desc' : 'asc';
  const taken = query.descending === page.fromEnd ? 'asc' : 'desc';
  const text = `select parent.ordinal::int as "parent", probe.*, item.*
from unnest(${parentIds}::uuid[]) with ordinality parent(id, ordinal)
cross join lateral (select
  ${after ? `exists(select ${filtered} and ${key} ${behind}= ${after})` : 'false'} as "hasEarlier",
  ${before ? `exists(select ${filtered} and ${key} ${beyond}= ${before})` : 'false'} as "hasLater",
  ${query.total ? query.total(bind, filtered) : 'null'}::int as "total") probe
left join lateral (select ${source.columns}, ${time} as "keyTime" ${filtered}${range}
  order by ${time} ${taken}, ${source.id} ${taken} limit ${bind(page.limit + 1)}::int) item on true
order by parent.ordinal, item."keyTime" ${listed}, item.id ${listed}`;
  return { label: source.label, text, values };
}

/** Sorts the statement's rows into the pages of its parents, in their order. */
export function keysetPages<Row>(rows: readonly PageRow<Row>[], parents: number, page: Page): KeysetPage<Row>[] {
  const groups: PageRow<Row>[][] = Array.from({ length: parents }, () => []);
  for (const row of rows) groups[row.parent - 1]?.push(row);
  return groups.map((group) => {
    const [first] = group;
    // A parent without items is one row of the outer join, whose id is null.
    const items = first?.id == null ? [] : group;
    const more = items.length > page.limit;
    const { hasEarlier, hasLater, total } = first ?? { hasEarlier: false, hasLater: false, total: null };
    return {
      rows: page.fromEnd ? items.slice(more ? 1 : 0) : items.slice(0, page.limit),
      hasPrevious: Boolean(hasEarlier) || (page.fromEnd && more),
      hasNext: Boolean(hasLater) || (!page.fromEnd && more),
      total,
    };
  });
}

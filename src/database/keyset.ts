// Keyset pagination: a bound is a value of the ordering (a time and an id), so it stays valid after its row is deleted. One statement reads the lists of all parents of a level.
import type { Position } from '../values/cursor.ts';
import type { Statement } from './database.ts';
import type { ListSource } from './source.ts';

export interface Page {
  /** The most items of the page. */
  limit: number;
  /** The number of items to skip; only without bounds and with `fromEnd` false. */
  offset: number;
  /** True: the last items of the list instead of the first. The items are in the list's order in both cases. */
  fromEnd: boolean;
  after: Position | null;
  before: Position | null;
}

/** Adds a value to the statement. @returns its placeholder */
export type Bind = (value: unknown) => string;

/** A list, as parts of SQL in which `$1` is the id of the organization. */
export interface KeysetQuery<Row> {
  source: ListSource<Row>;
  /** The time that the list is ordered by, as SQL. */
  time: string;
  /** The field of the rows that is this time, if they have one. */
  timeField?: string;
  /** A condition, as SQL, that the list is ordered by before the time: items that meet it are greater than all others. */
  flag?: string;
  descending: boolean;
  /** Further conditions, as SQL. `organization` is the placeholder of the organization's id. */
  where: (bind: Bind, organization: string) => string[];
  /** The number of items in the whole filtered list of `parent.id`, as an SQL expression; null: the total is not requested. */
  total: ((bind: Bind, filtered: string) => string) | null;
  /** See `Statement.replanned`. */
  replanned?: boolean;
}

export interface KeysetPage<Row> {
  /** `keyTime` is absent if the list has a `timeField`. */
  rows: (Row & { keyTime?: Date; keyFlag?: boolean })[];
  /** True if the whole filtered list has an item before this page, whatever the bounds of the page. */
  hasPrevious: boolean;
  /** The same for an item after this page. */
  hasNext: boolean;
  total: number | null;
}

/** A row of the statement: an item with the position of its parent, or a parent without items, whose `id` is null. What all pages have is absent. */
export type PageRow<Row> = Row & {
  parent: number;
  hasEarlier?: boolean;
  hasLater?: boolean;
  total?: number | null;
  id: string | null;
  keyTime?: Date;
  keyFlag?: boolean;
};

/** A statement over the lists of several parents. */
export interface ListStatement {
  /** The SQL with its values except the parents: lists and pages with equal keys are read by one statement. */
  key: string;
  of(parents: readonly string[]): Statement;
}

/**
 * The items that PostgreSQL plans for, more than any page has. A prepared plan knows no value of a limit and expects a tenth of all rows, so it would read and sort a
 * whole list of thousands.
 */
const plannedItems = 256;

/** The statement that reads one page of each parent's list. */
export function keysetStatement(query: KeysetQuery<unknown>, organizationId: string, page: Page): ListStatement {
  return listStatement(query, organizationId, ({ bind, filtered, beyond, behind, key, order }) => {
    const flag = (position: Position) => (query.flag ? `${bind(position.flag)}::boolean, ` : '');
    const bound = (position: Position) => `(${flag(position)}${bind(position.time)}::timestamptz, ${bind(position.id)}::uuid)`;
    const after = page.after && bound(page.after);
    const before = page.before && bound(page.before);
    const range = [after && ` and ${key} ${beyond} ${after}`, before && ` and ${key} ${behind} ${before}`].join('');
    const skip = page.offset > 0 ? ` offset ${bind(page.offset)}::int` : '';
    // The nearest one: PostgreSQL would look for any from the beginning of the table, past the rows of other organizations.
    const exists = (comparison: string, bound: string, reversed: boolean) =>
      `exists(select from (select ${filtered} and ${key} ${comparison} ${bound} ${order(reversed)} limit 1) nearest)`;
    return {
      // After an offset the first item of the list, if there is one, is before this page.
      hasEarlier: after ? exists(`${behind}=`, after, true) : skip ? `exists(select ${filtered})` : null,
      hasLater: before ? exists(`${beyond}=`, before, false) : null,
      items: (columns) => {
        const items = `select ${columns} ${filtered}${range} ${order(page.fromEnd)}`;
        const limit = `limit ${bind(page.limit + 1)}::int`;
        return skip || page.limit >= plannedItems
          ? `${items} ${limit}${skip}`
          : `select * from (${items} limit ${plannedItems}) nearest ${limit}`;
      },
    };
  });
}

/** The parts of a statement over lists. */
interface ListParts {
  bind: Bind;
  /** One parent's list: `from` and `where`. */
  filtered: string;
  /** The comparison of a later item with an earlier one, and its reverse. */
  beyond: '<' | '>';
  behind: '<' | '>';
  key: string;
  order: (reversed: boolean) => string;
}

/** A flag is null if it is false for every parent. */
interface ListSelection {
  hasEarlier: string | null;
  hasLater: string | null;
  items: (columns: string) => string;
}

/** Writes a statement over lists: flags and total of each parent, and its items in the order of the list. */
export function listStatement(
  query: KeysetQuery<unknown>,
  organizationId: string,
  select: (parts: ListParts) => ListSelection,
): ListStatement {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const { source, time, timeField, flag, descending, replanned } = query;
  const organization = bind(organizationId);
  const parentIds = bind(null);
  const filters = query.where(bind, organization);
  const conditions = [`${source.organization} = ${organization}::uuid`, `${source.parent} = parent.id`, ...filters];
  const filtered = `from ${source.from} where ${conditions.join(' and ')}`;
  const [beyond, behind] = descending ? (['<', '>'] as const) : (['>', '<'] as const);
  const direction = (reversed: boolean) => (descending === reversed ? 'asc' : 'desc');
  const keys = [...(flag ? [flag] : []), time, source.id];
  const directed = (by: readonly string[], reversed: boolean) => by.map((each) => `${each} ${direction(reversed)}`).join(', ');
  const order = (reversed: boolean) => `order by ${directed(keys, reversed)}`;
  const { hasEarlier, hasLater, items } = select({ bind, filtered, beyond, behind, key: `(${keys.join(', ')})`, order });
  const keyColumns = [timeField === undefined && `${time} as "keyTime"`, flag && `${flag} as "keyFlag"`];
  const inOrder = [...(flag ? ['item."keyFlag"'] : []), `item."${timeField ?? 'keyTime'}"`, 'item.id'];
  const ofParent = [
    hasEarlier && `${hasEarlier} as "hasEarlier"`,
    hasLater && `${hasLater} as "hasLater"`,
    query.total && `${query.total(bind, filtered)}::int as "total"`,
  ].filter(Boolean);
  // `offset 0` is an optimization fence: without it PostgreSQL computes the total once per item.
  const probe = ofParent.length === 0 ? '' : `cross join lateral (select ${ofParent.join(', ')} offset 0) probe`;
  const text = `select parent.ordinal::int as "parent", ${probe && 'probe.*, '}item.*
from unnest(${parentIds}::uuid[]) with ordinality parent(id, ordinal) ${probe}
left join lateral (${items([source.columns, ...keyColumns].filter(Boolean).join(', '))}) item on true
order by parent.ordinal, ${directed(inOrder, false)}`;
  // A filter or a total may examine many rows.
  const light = filters.length === 0 && !query.total;
  return {
    key: `${text}\n${JSON.stringify(values)}`,
    of: (parents) => ({ label: source.label, text, values: values.with(1, parents), replanned, shaped: true, light }),
  };
}

/** Splits the rows of the statement into the pages of its parents, in their order. */
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

/** Groups rows by parent. A parent without items has one row of the outer join, whose id is null. */
export function groupByParent<Row>(
  rows: readonly PageRow<Row>[],
  parents: number,
): { first: PageRow<Row> | undefined; items: PageRow<Row>[] }[] {
  const groups: PageRow<Row>[][] = Array.from({ length: parents }, () => []);
  for (const row of rows) groups[row.parent - 1]?.push(row);
  return groups.map((group) => ({ first: group[0], items: group[0]?.id == null ? [] : group }));
}

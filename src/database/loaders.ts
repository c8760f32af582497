import DataLoader from 'dataloader';
import { aroundPages, aroundStatement, type Pivot } from './around.ts';
import type { Queryable } from './database.ts';
import { type KeysetPage, type KeysetQuery, keysetPages, keysetStatement, type ListStatement, type Page, type PageRow } from './keyset.ts';
import { type NeededColumns, reading } from './needed-columns.ts';
import { type KeyedRow, rowStatement } from './row-statement.ts';
import type { RowSource } from './source.ts';

type BatchLoaders = Map<unknown, DataLoader<string, unknown>>;

/**
 * The batch loaders of one request: the rows that one level of the query requests are read by one statement. Every statement has the viewer's organization
 * as a condition, so no row of another organization can be found.
 */
export class Loaders {
  readonly #database: Queryable;
  readonly #organizationId: string;
  readonly #whenIdle: (callback: () => void) => void;
  /** By source. */
  readonly #row: BatchLoaders = new Map();
  readonly #rows: BatchLoaders = new Map();
  /** By the key of the statement. */
  readonly #pages: BatchLoaders = new Map();
  readonly #results = new Map<string, Promise<unknown>>();
  readonly #ofArguments = new Map<string, WeakMap<object, unknown>>();
  #needed: NeededColumns = null;

  /** `whenIdle` calls back once the current level has requested all of its rows. */
  constructor(database: Queryable, organizationId: string, whenIdle: (callback: () => void) => void = (callback) => callback()) {
    this.#database = database;
    this.#organizationId = organizationId;
    this.#whenIdle = whenIdle;
  }

  /** From now on, reads only these columns. Call it before anything is read: a row is read once for all fields of the operation. */
  readOnly(needed: NeededColumns): void {
    this.#needed = needed;
  }

  /** Reads the row of a key; null if this organization has none. */
  row<Row>(source: RowSource<Row>, key: string): Promise<Row | null> {
    return this.#loader<Row | null>(this.#row, source, async (keys) => {
      const rows = new Map((await this.#rowsOf(source, keys)).map((row) => [row.loaderKey, row]));
      return keys.map((each) => rows.get(each) ?? null);
    }).load(key);
  }

  /** Reads a row that must exist, because a foreign key names it or the request has just changed it. @throws if it is missing */
  async existing<Row>(source: RowSource<Row>, key: string): Promise<Row> {
    const row = await this.row(source, key);
    if (row === null) throw new Error(`${source.label}: a row that must exist is missing`);
    return row;
  }

  /** Reads all rows of a key, in the source's order. */
  rows<Row>(source: RowSource<Row>, key: string): Promise<Row[]> {
    return this.#loader<Row[]>(this.#rows, source, async (keys) => {
      const groups = Map.groupBy(await this.#rowsOf(source, keys), (row) => row.loaderKey);
      return keys.map((each) => groups.get(each) ?? []);
    }).load(key);
  }

  /** Reads one page of a parent's list. Parents whose pages have the same SQL and values share a statement. */
  page<Row>(query: KeysetQuery<Row>, page: Page, parent: string): Promise<KeysetPage<Row>> {
    return this.pageOf(query, page)(parent);
  }

  /** Returns a function that reads the same page of any parent's list: the statement is written once for all of them. */
  pageOf<Row>(query: KeysetQuery<Row>, page: Page): (parent: string) => Promise<KeysetPage<Row>> {
    const statement = keysetStatement(this.#reading(query), this.#organizationId, page);
    return (parent) => this.#list(statement, parent, (rows: PageRow<Row>[], parents) => keysetPages(rows, parents, page));
  }

  /** Returns what `work` made of the arguments of a field. The executor passes the same object for every parent, and nobody changes it. */
  ofArguments<Result>(field: string, args: object, work: () => Result): Result {
    const results = this.#ofArguments.get(field) ?? new WeakMap<object, unknown>();
    this.#ofArguments.set(field, results);
    const known = results.get(args) as Result | undefined;
    if (known !== undefined) return known;
    const result = work();
    results.set(args, result);
    return result;
  }

  /** Reads the page around an item of a parent's list; null if the item is not in that list. */
  around<Row>(query: KeysetQuery<Row>, pivot: Pivot, limit: number, parent: string): Promise<KeysetPage<Row> | null> {
    const statement = aroundStatement(this.#reading(query), this.#organizationId, pivot, limit);
    return this.#list(statement, parent, (rows: PageRow<Row>[], parents) => aroundPages(rows, parents, limit));
  }

  /** Returns the result of `work`, which runs once for a key and reads through these loaders alone. */
  once<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.#results.get(key) as Promise<Result> | undefined) ?? work();
    this.#results.set(key, result);
    return result;
  }

  /** Forgets everything that was read: it must not be shown after a change. */
  forget(): void {
    for (const each of [this.#results, this.#row, this.#rows, this.#pages]) each.clear();
  }

  #rowsOf<Row>(source: RowSource<Row>, keys: readonly string[]): Promise<KeyedRow<Row>[]> {
    return this.#database.query<KeyedRow<Row>>(rowStatement(reading(source, this.#needed), this.#organizationId, keys));
  }

  #reading<Row>(query: KeysetQuery<Row>): KeysetQuery<Row> {
    return { ...query, source: reading(query.source, this.#needed) };
  }

  #list<Row extends object, Result>(
    statement: ListStatement,
    parent: string,
    pages: (rows: Row[], parents: number) => Result[],
  ): Promise<Result> {
    return this.#loader<Result>(this.#pages, statement.key, async (parents) =>
      pages(await this.#database.query<Row>(statement.of(parents)), parents.length),
    ).load(parent);
  }

  #loader<Value>(loaders: BatchLoaders, id: unknown, batch: (keys: readonly string[]) => Promise<Value[]>): DataLoader<string, Value> {
    let loader = loaders.get(id) as DataLoader<string, Value> | undefined;
    if (loader === undefined) {
      // The default of DataLoader: after everything that is resolved together has requested its rows.
      const batchScheduleFn = (dispatch: () => void) => void Promise.resolve().then(() => process.nextTick(() => this.#whenIdle(dispatch)));
      loader = new DataLoader<string, Value>(batch, { batchScheduleFn });
      loaders.set(id, loader);
    }
    return loader;
  }
}

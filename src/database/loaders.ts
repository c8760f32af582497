import DataLoader from 'dataloader';
import { aroundPages, aroundStatement, type Pivot } from './around.ts';
import type { Queryable } from './database.ts';
import { type KeysetPage, type KeysetQuery, keysetPages, keysetStatement, type Page, type PageRow } from './keyset.ts';

/** Rows found by one column: by their id, or by what they belong to. `key` and `organization` are SQL expressions over `from`. */
interface RowSource {
  label: string;
  columns: string;
  from: string;
  organization: string;
  key: string;
  /** The key's type, where it is no UUID. */
  keyType?: 'bigint' | 'text';
  /** The condition that a row is of one of the keys, as SQL over the placeholder of the array; `key = any(…)` unless given. */
  among?: (keys: string) => string;
  /** For lists: SQL after `order by`. */
  orderBy?: string;
}

/**
 * The batch loaders of one request: what a level of the query asks for together is one statement.
 * Every statement carries the viewer's organization, so that nothing of another's can be found.
 */
export class Loaders {
  readonly #database: Queryable;
  readonly #organizationId: string;
  readonly #whenIdle: (callback: () => void) => void;
  readonly #loaders = new Map<unknown, DataLoader<string, unknown>>();
  readonly #results = new Map<string, Promise<unknown>>();

  /** `whenIdle` calls back once the level that is being resolved has said all that it loads. */
  constructor(database: Queryable, organizationId: string, whenIdle: (callback: () => void) => void = (callback) => callback()) {
    this.#database = database;
    this.#organizationId = organizationId;
    this.#whenIdle = whenIdle;
  }

  /** The row of a key; null where there is none in this organization. */
  row<Row>(source: RowSource, key: string): Promise<Row | null> {
    return this.#loader<Row | null>(source, async (keys) => {
      const rows = await this.#rowsOf<Row & { loaderKey: string }>(source, keys);
      const found = new Map(rows.map((row) => [row.loaderKey, row]));
      return keys.map((each) => found.get(each) ?? null);
    }).load(key);
  }

  /** All rows of a key, in the source's order. */
  rows<Row>(source: RowSource, key: string): Promise<Row[]> {
    return this.#loader<Row[]>(source, async (keys) => {
      const rows = await this.#rowsOf<Row & { loaderKey: string }>(source, keys);
      const groups = Map.groupBy(rows, (row) => row.loaderKey);
      return keys.map((each) => groups.get(each) ?? []);
    }).load(key);
  }

  /** One page of a parent's list. `cacheKey` tells pages apart that are asked for with other arguments. */
  page<Row>(cacheKey: string, query: KeysetQuery, page: Page, parent: string): Promise<KeysetPage<Row>> {
    return this.#loader<KeysetPage<Row>>(cacheKey, async (parents) => {
      const statement = keysetStatement(query, this.#organizationId, parents, page);
      return keysetPages(await this.#database.query<PageRow<Row>>(statement), parents.length, page);
    }).load(parent);
  }

  /** The page around an item of each parent's list; null where it is not in it. */
  around<Row>(cacheKey: string, query: KeysetQuery, pivot: Pivot, limit: number, parent: string): Promise<KeysetPage<Row> | null> {
    return this.#loader<KeysetPage<Row> | null>(cacheKey, async (parents) => {
      const statement = aroundStatement(query, this.#organizationId, parents, pivot, limit);
      return aroundPages(await this.#database.query<PageRow<Row>>(statement), parents.length, limit);
    }).load(parent);
  }

  /** Returns the result of `work`, which runs once for a key and reads through these loaders alone. */
  once<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.#results.get(key) as Promise<Result> | undefined) ?? work();
    this.#results.set(key, result);
    return result;
  }

  /** After a change: what was read before it must not be shown any more. */
  forget(): void {
    this.#results.clear();
    this.#loaders.clear();
  }

  #rowsOf<Row extends object>(source: RowSource, keys: readonly string[]): Promise<Row[]> {
    const { label, columns, from, organization, key, keyType = 'uuid', orderBy } = source;
    const among = source.among?.('$2') ?? `${key} = any($2::${keyType}[])`;
    const text = `select ${key}::text as "loaderKey", ${columns} from ${from} where ${organization} = $1::uuid and ${among}${
      orderBy ? ` order by ${orderBy}` : ''
    }`;
    return this.#database.query<Row>({ label, text, values: [this.#organizationId, keys] });
  }

  #loader<Value>(id: unknown, batch: (keys: readonly string[]) => Promise<Value[]>): DataLoader<string, Value> {
    let loader = this.#loaders.get(id) as DataLoader<string, Value> | undefined;
    if (loader === undefined) {
      // The default of DataLoader: after everything that is resolved together has requested its rows.
      const batchScheduleFn = (dispatch: () => void) => void Promise.resolve().then(() => process.nextTick(() => this.#whenIdle(dispatch)));
      loader = new DataLoader<string, Value>(batch, { batchScheduleFn });
      this.#loaders.set(id, loader);
    }
    return loader;
  }
}

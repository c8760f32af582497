import type { Statement } from './database.ts';
import type { RowSource } from './source.ts';

/** A row with the key that found it. */
export type KeyedRow<Row> = Row & { loaderKey: string };

/** The statement that reads the rows of many keys. */
export function rowStatement(source: RowSource<unknown>, organizationId: string, keys: readonly string[]): Statement {
  const { label, columns, from, organization, key, keyType = 'uuid', orderBy } = source;
  const among = source.among?.('$2') ?? `${key} = any($2::${keyType}[])`;
  const order = orderBy ? ` order by ${orderBy}` : '';
  const text = `select ${key}::text as "loaderKey", ${columns} from ${from} where ${organization} = $1::uuid and ${among}${order}`;
  // Its columns depend on the fields that a client selects.
  return { label, text, values: [organizationId, keys], shaped: source.groups !== undefined, light: true };
}

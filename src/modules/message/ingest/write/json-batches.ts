import { Pacer } from './pacer.ts';

/** The most bytes of rows in a statement: PostgreSQL refuses a jsonb value over 256 MB, and a long parameter blocks the process. */
const mostBytes = 1_048_576;

/** Yields the items' rows, in their order, as JSON arrays for one statement each: at most 1 MiB, or a single longer row. */
export async function* jsonBatches<Item>(items: Iterable<Item>, rowOf: (item: Item) => object): AsyncGenerator<string> {
  const pacer = new Pacer();
  let rows: string[] = [];
  let bytes = 0;
  for (const item of items) {
    const row = JSON.stringify(rowOf(item));
    const length = Buffer.byteLength(row);
    if (rows.length > 0 && bytes + length > mostBytes) {
      yield `[${rows.join(',')}]`;
      rows = [];
      bytes = 0;
    }
    rows.push(row);
    bytes += length;
    await pacer.spend(length);
  }
  if (rows.length > 0) yield `[${rows.join(',')}]`;
}

import { Pacer } from './pacer.ts';

/** A statement takes no more rows: PostgreSQL cannot hold a jsonb value over 256 MB, and a long parameter holds up the process. */
const mostBytes = 1_048_576;

/** JSON arrays of the items' rows, in their order, each for a statement of its own: at most 1 MiB, or one row that is longer. */
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

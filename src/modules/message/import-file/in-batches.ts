import type { NumberedMessage } from './read-messages.ts';

const mostLines = 5_000;
/** As much as a request brings at most. */
const mostBytes = 4 * 1024 * 1024;

/** Gathers messages into batches, a transaction each: at most 5,000 lines, and 4 MiB of them. */
export async function* inBatches(lines: AsyncIterable<NumberedMessage>): AsyncGenerator<NumberedMessage[]> {
  let batch: NumberedMessage[] = [];
  let bytes = 0;
  for await (const line of lines) {
    if (batch.length === mostLines || (batch.length > 0 && bytes + line.bytes > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += line.bytes;
  }
  if (batch.length > 0) yield batch;
}

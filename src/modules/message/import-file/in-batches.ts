import type { NumberedMessage } from './read-messages.ts';

const maxLines = 5_000;
/** As many bytes as a request may have. */
const maxBytes = 4 * 1024 * 1024;

/** Groups lines into batches of at most 5,000 lines and 4 MiB, for one transaction each. */
export async function* inBatches(lines: AsyncIterable<NumberedMessage>): AsyncGenerator<NumberedMessage[]> {
  let batch: NumberedMessage[] = [];
  let bytes = 0;
  for await (const line of lines) {
    if (batch.length === maxLines || (batch.length > 0 && bytes + line.bytes > maxBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += line.bytes;
  }
  if (batch.length > 0) yield batch;
}

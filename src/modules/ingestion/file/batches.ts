import type { NumberedMessage } from './read-messages.ts';

const mostLines = 5_000;
/** So that a batch of long lines still fits a parameter of a statement. */
const mostCharacters = 8_388_608;

/** Gathers messages into batches, a transaction each: at most 5,000 lines. */
export async function* inBatches(lines: AsyncIterable<NumberedMessage>): AsyncGenerator<NumberedMessage[]> {
  let batch: NumberedMessage[] = [];
  let characters = 0;
  for await (const line of lines) {
    if (batch.length === mostLines || (batch.length > 0 && characters + line.characters > mostCharacters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(line);
    characters += line.characters;
  }
  if (batch.length > 0) yield batch;
}

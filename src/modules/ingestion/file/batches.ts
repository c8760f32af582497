import type { NumberedMessage } from './read-messages.ts';

const mostLines = 5_000;
/** So that a batch of long lines still fits a parameter of a statement. */
const mostCharacters = 8_388_608;

/** Gathers messages into batches, a transaction each: at most 5,000 lines, and none with an external id twice. */
export async function* inBatches(lines: AsyncIterable<NumberedMessage>): AsyncGenerator<NumberedMessage[]> {
  let batch: NumberedMessage[] = [];
  let characters = 0;
  const names = new Set<string>();
  for await (const line of lines) {
    const isFull = batch.length === mostLines || characters + line.characters > mostCharacters;
    if (batch.length > 0 && (isFull || names.has(line.message.externalId))) {
      yield batch;
      batch = [];
      characters = 0;
      names.clear();
    }
    batch.push(line);
    characters += line.characters;
    names.add(line.message.externalId);
  }
  if (batch.length > 0) yield batch;
}

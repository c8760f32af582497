import { conversationKey } from '../line.ts';
import type { NumberedMessage } from './read-messages.ts';

const mostLines = 5_000;
/** So that a batch of long lines still fits a parameter of a statement. */
const mostCharacters = 8_388_608;

/** Gathers messages into batches, a transaction each: at most 5,000 lines, and no message of a conversation twice. */
export async function* inBatches(lines: AsyncIterable<NumberedMessage>): AsyncGenerator<NumberedMessage[]> {
  let batch: NumberedMessage[] = [];
  let characters = 0;
  const names = new Set<string>();
  for await (const line of lines) {
    const name = `${conversationKey(line.message)}\n${line.message.externalId}`;
    const isFull = batch.length === mostLines || characters + line.characters > mostCharacters;
    if (batch.length > 0 && (isFull || names.has(name))) {
      yield batch;
      batch = [];
      characters = 0;
      names.clear();
    }
    batch.push(line);
    characters += line.characters;
    names.add(name);
  }
  if (batch.length > 0) yield batch;
}

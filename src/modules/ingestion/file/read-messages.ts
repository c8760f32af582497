import { type IncomingMessage, readIncomingMessage } from '../incoming-message.ts';
import type { Problem } from '../unstorable.ts';
import { readLines, type TextLine } from './read-lines.ts';

export interface NumberedMessage {
  number: number;
  message: IncomingMessage;
  /** Of the line's text. */
  characters: number;
}

export interface RefusedLine {
  number: number;
  problems: Problem[];
}

/** Reads and validates a file line by line. */
export async function* readMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<NumberedMessage | RefusedLine> {
  for await (const line of readLines(chunks)) yield readMessage(line);
}

function readMessage(line: TextLine): NumberedMessage | RefusedLine {
  const { number } = line;
  if ('reason' in line) return { number, problems: [{ path: '', reason: line.reason }] };
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return { number, problems: [{ path: '', reason: 'is not JSON' }] };
  }
  const read = readIncomingMessage(value);
  return 'message' in read ? { number, message: read.message, characters: line.text.length } : { number, problems: read.problems };
}

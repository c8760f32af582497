import { OperatorError } from '../../../errors.ts';
import type { Problem } from '../../../values/problem.ts';
import type { MessageDraft } from '../ingest/read/message-draft.ts';
import { readMessageLine } from '../ingest/read/read-draft.ts';
import { readLines, type TextLine } from './read-lines.ts';

export interface NumberedMessage {
  number: number;
  message: MessageDraft;
  /** The size of the line's text. */
  bytes: number;
}

export interface RefusedLine {
  number: number;
  problems: Problem[];
}

/** The most lines of a file, in addition to one for each of its bytes. */
const maxLinesOfAnyFile = 100_000;

/**
 * Reads and validates a file line by line. @param bytes the file's size. @throws OperatorError for more lines than `bytes` can hold: a compressed message takes
 * at least a byte
 */
export async function* readMessages(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<NumberedMessage | RefusedLine> {
  let lines = 0;
  for await (const line of readLines(chunks)) {
    if (++lines > maxLinesOfAnyFile + bytes)
      throw new OperatorError(`the file has ${bytes.toLocaleString('en')} bytes but more lines than that: it is no file of messages`);
    yield readMessage(line);
  }
}

function readMessage(line: TextLine): NumberedMessage | RefusedLine {
  const { number } = line;
  if ('reason' in line) return { number, problems: [{ code: 'INVALID', path: '', reason: line.reason }] };
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return { number, problems: [{ code: 'INVALID', path: '', reason: 'is not JSON' }] };
  }
  const read = readMessageLine(value);
  return 'draft' in read ? { number, message: read.draft, bytes: Buffer.byteLength(line.text) } : { number, problems: read.problems };
}

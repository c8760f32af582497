const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;
const longest = 1_048_576;

/** A line with its number, from 1: its text, or the reason why it cannot be read. Blank lines are left out. */
export type TextLine = { number: number; text: string } | { number: number; reason: string };

/** Splits UTF-8 into lines that end with LF or CRLF, and holds one line in memory at a time. A byte-order mark at the beginning is dropped. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<TextLine> {
  let number = 1;
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = length === 0 ? passBlankLines(chunk, 0) : 0;
    for (let end = chunk.indexOf(newline, start); end !== -1; end = chunk.indexOf(newline, start)) {
      keep(chunk.subarray(start, end));
      const line = decode(number, parts, length);
      if (line !== null) yield line;
      parts = [];
      length = 0;
      number++;
      start = passBlankLines(chunk, end + 1);
    }
    keep(chunk.subarray(start));
  }
  const last = decode(number, parts, length);
  if (last !== null) yield last;

  // Counts the blank lines that end in this chunk, without decoding them: a small gzip file can have a billion. Returns the index at which the next line begins.
  function passBlankLines(chunk: Buffer, from: number): number {
    let start = from;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === newline) {
        number++;
        start = at + 1;
      } else if (byte !== space && byte !== tab && !(byte === carriageReturn && chunk[at + 1] === newline)) break;
    }
    return start;
  }

  // For a line that is too long only its length is kept.
  function keep(part: Buffer) {
    length += part.length;
    if (length <= longest + 1) parts.push(part);
    else parts = [];
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(number: number, parts: Buffer[], length: number): TextLine | null {
  if (length > longest + 1) return { number, reason: 'is longer than 1 MiB' };
  let bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  if (bytes.at(-1) === carriageReturn) bytes = bytes.subarray(0, -1);
  if (bytes.length > longest) return { number, reason: 'is longer than 1 MiB' };
  try {
    const text = utf8.decode(bytes);
    const content = number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
    return /^[ \t]*$/.test(content) ? null : { number, text: content };
  } catch {
    return { number, reason: 'is not UTF-8' };
  }
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../../../src/modules/message/import-file/read-lines.ts';

async function read(...chunks: (string | Buffer)[]): Promise<unknown[]> {
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  return Array.fromAsync(readLines(bytes()));
}

test('splits at LF and CRLF, drops a byte-order mark at the beginning, and counts empty lines but leaves them out', async () => {
  expect(await read('\uFEFFone\r\n\n  \r\nfour\nfive')).toEqual([
    { number: 1, text: 'one' },
    { number: 4, text: 'four' },
    { number: 5, text: 'five' },
  ]);
  expect(await read('one\n\uFEFFtwo')).toContainEqual({ number: 2, text: '\uFEFFtwo' });
});

test('refuses a line that is not UTF-8', async () => {
  expect(await read('one\n', Buffer.from([0x61, 0xff, 0x0a]), 'three')).toEqual([
    { number: 1, text: 'one' },
    { number: 2, reason: 'is not UTF-8' },
    { number: 3, text: 'three' },
  ]);
});

test('accepts a line of 1 MiB and refuses a longer one', async () => {
  const longest = 'x'.repeat(1_048_576);
  expect(await read(`${longest}\r\n${longest}x\n`, longest, longest, longest, '\nlast')).toEqual([
    { number: 1, text: longest },
    { number: 2, reason: 'is longer than 1 MiB' },
    { number: 3, reason: 'is longer than 1 MiB' },
    { number: 4, text: 'last' },
  ]);
});

test('returns the same lines however the chunks are cut', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '中', '😀', ' ', '\t', '\n', '\r\n'), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(200), { maxLength: 8 }), async (content, cuts) => {
      const bytes = Buffer.from(content);
      const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
      expect(await read(...chunks)).toEqual(await read(bytes));
      expect(await read(bytes)).toEqual(
        content.split(/\r?\n/).flatMap((line, index) => (/^[ \t]*$/.test(line) ? [] : { number: index + 1, text: line })),
      );
    }),
  );
});

import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { segmentCount } from '../../../../../src/modules/message/ingest/read/segment-count.ts';

/** The library's answer; it takes time quadratic in the length of a text. */
const libraryCount = (text: string) => Math.max(1, new SegmentedMessage(text).segmentsCount);

const of = (...characters: string[]) => fc.array(fc.constantFrom(...characters), { maxLength: 300 }).map((parts) => parts.join(''));

test.each<[string, fc.Arbitrary<string>]>([
  ['ASCII', fc.string({ maxLength: 700 })],
  ['any code points', fc.string({ unit: 'binary', maxLength: 300 })],
  ['mixed', of(...'abc XYZ 019 .,@$[]{}~|^\\€éüÜñøß\r\n`’“中文，。あア😀👍🏽é')],
  ['extension characters', of(...'ab [~]\n€\f')],
  ['combining marks', of('e', '\u0301', 'б', '\u0308', ' ', '\n')],
  ['emoji of several code points', of('👨‍👩‍👧‍👦', '👍🏽', '🇩🇪', '❤️', '1️⃣', '😀', 'a', ' ', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩‍💻', '🏳️‍🌈')],
  ['halves of flags', of('🇩', '🇪', 'a')],
  ['Hindi', of(...'नमस्ते दुनिया क्षत्रिय')],
  ['Thai', of(...'สวัสดีครับ น้ำ')],
  ['Arabic and Hebrew', of(...'مرحبا كَتَبَ שָׁלוֹם')],
  ['Tamil, Burmese, Khmer', of(...'தமிழ் கோ မင်္ဂလာပါ ကော សួស្តី')],
  ['Korean and Vietnamese in parts', of(...['안', '녕', '요', 'Tiếng', 'Việt', ' '].map((text) => text.normalize('NFD')))],
])('counts as the library does: %s', (_name, text) => {
  fc.assert(
    fc.property(text, (each) => void expect(segmentCount(each)).toBe(libraryCount(each))),
    { numRuns: 150 },
  );
});

const realLines = join(import.meta.dirname, '../../../../../../shared/data/nus-sms.ndjson.gz');

test.skipIf(!existsSync(realLines))(
  'counts as the library does: real bodies of more than one segment (skipped where ../shared/data is absent)',
  async () => {
    let compared = 0;
    for await (const line of createInterface({ input: createReadStream(realLines).pipe(createGunzip()) })) {
      const { body } = JSON.parse(line);
      if (body.length <= 70) continue;
      expect(segmentCount(body), body).toBe(libraryCount(body));
      compared++;
      if (compared === 3_000) break;
    }
    expect(compared).toBe(3_000);
  },
);

test.each([
  ['a cluster longer than a segment, cut by units', 'e'.padEnd(10_000, '\u0301'), 150],
  ['a cluster of surrogate pairs, none cut', `a${'\u{e0061}'.repeat(4_000)}`, 122],
  ['Cyrillic', 'Привет, '.repeat(1_225), 147],
  ['U+FDFA', '\ufdfa'.repeat(10_000), 150],
  ['GSM-7', 'a'.repeat(10_000), 66],
  ['extension characters of GSM-7', '€'.repeat(10_000), 132],
])('counts the segments of 10,000 characters: %s', (_name, text, segments) => expect(segmentCount(text)).toBe(segments));

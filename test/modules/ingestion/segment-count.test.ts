import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { segmentCount } from '../../../src/modules/ingestion/segment-count.ts';

const character = fc.constantFrom(...'abc XYZ 019 .,@$[]{}~|^\\€éüÜñøß\r\n`’“中文，。あア😀👍🏽é');
const body = fc.oneof(
  fc.string({ maxLength: 700 }),
  fc.array(character, { maxLength: 700 }).map((characters) => characters.join('')),
  fc.array(fc.constantFrom(...'ab [~]\n'), { minLength: 100, maxLength: 700 }).map((characters) => characters.join('')),
);

test('counts as the library does', () => {
  fc.assert(
    fc.property(body, (text) => {
      expect(segmentCount(text)).toBe(Math.max(1, new SegmentedMessage(text).segmentsCount));
    }),
    { numRuns: 500 },
  );
});

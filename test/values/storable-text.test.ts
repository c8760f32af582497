import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textProblem } from '../../src/values/storable-text.ts';

const text = fc.string({ unit: 'binary' }).map((given) => given.replaceAll('\0', ''));
const problem = 'must not hold U+0000 or half a surrogate pair';

test('accepts any well-formed text without U+0000', () => {
  fc.assert(fc.property(text, (given) => void expect(textProblem(given)).toBeNull()));
});

test('rejects U+0000 or half a surrogate pair at any position', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('\0', '\ud800', '\udfff', '\udc00\ud800'), text, (before, bad, after) => {
      expect(textProblem(before + bad + after)).toBe(problem);
    }),
  );
});

test('accepts a text only if UTF-8 returns it unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ min: 1, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }), (given) => {
      expect(textProblem(given) === null).toBe(Buffer.from(given).toString() === given);
    }),
  );
});

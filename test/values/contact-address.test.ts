import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isContactAddress, isE164 } from '../../src/values/contact-address.ts';

/** The rule as import-format.md says it, character by character. */
function expected(text: string): { e164: boolean; contact: boolean } {
  const all = (characters: readonly string[], allowed: string) => characters.every((character) => allowed.includes(character));
  const characters = [...text];
  const [first = '', ...rest] = characters;
  const digits = '0123456789';
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const e164 = first === '+' && rest.length >= 7 && rest.length <= 15 && rest[0] !== '0' && all(rest, digits);
  const shortCode = characters.length >= 3 && characters.length <= 8 && all(characters, digits);
  const sender =
    characters.length >= 1 &&
    characters.length <= 11 &&
    all(characters, `${letters}${digits} +-_&.`) &&
    characters.some((character) => letters.includes(character)) &&
    first !== ' ' &&
    characters.at(-1) !== ' ';
  return { e164, contact: e164 || shortCode || sender };
}

const digit = fc.constantFrom(...'0123456789');
const allowed = fc.constantFrom(...'09azAZ +-_&.');
const odd = fc.constantFrom('٣', 'é', '５', '\n', '\t', '\0', '\u00a0', '@', '(', '😀', '\ud800', '/');

test('accepts a text exactly if it matches one of the three kinds of address', () => {
  const near = fc.oneof(
    fc.string({ unit: digit, maxLength: 17 }).map((digits) => `+${digits}`),
    fc.string({ unit: digit, maxLength: 17 }),
    fc.string({ unit: allowed, maxLength: 13 }),
    fc.string({ unit: fc.oneof({ weight: 20, arbitrary: allowed }, { weight: 1, arbitrary: odd }), maxLength: 13 }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(near, (text) => {
      expect({ e164: isE164(text), contact: isContactAddress(text) }).toEqual(expected(text));
    }),
    { numRuns: 5_000 },
  );
});

describe('an address', () => {
  test.each([
    '+6834000',
    '+15550000002',
    '+123456789012345',
    '223',
    '22395',
    '12345678',
    'VERIFY',
    'G',
    'A B',
    'R&B-Co_1.x+',
    '3Mobile',
    '+VERIFY',
  ])('%j', (text) => expect(isContactAddress(text)).toBe(true));
});

describe('no address', () => {
  test.each([
    '',
    ' ',
    '+',
    '+123456',
    '+1234567890123456',
    '+00000000',
    '+05550000002',
    '12',
    '123456789',
    ' A',
    'A ',
    'VERIFY\n',
    '+1555\n',
    'Twelve chars',
    '--',
    'Ünï',
    '٣٤٥',
  ])('%j', (text) => expect(isContactAddress(text)).toBe(false));
  test('a text of a million characters', () => expect(isContactAddress('A'.repeat(1_000_000))).toBe(false));
});

test('accepts only E.164 as a number of the organization', () => {
  expect(['+6834000', '22395', 'VERIFY'].filter(isE164)).toEqual(['+6834000']);
});

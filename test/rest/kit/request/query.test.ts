import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuery } from '../../../../src/rest/kit/request/query.ts';

test('reads everything that URLSearchParams writes', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'ü&='), fc.string({ unit: 'grapheme' })), (given) => {
      fc.pre(Object.values(given).every((value) => !value.includes('\0') && value.isWellFormed()));
      expect(readQuery(`?${new URLSearchParams(given)}`, Object.keys(given))).toEqual({ values: { ...given }, problems: {} });
    }),
  );
});

test('reads any text as a value, a problem or nothing', () => {
  const piece = fc.constantFrom('a', '=', '&', '%', '%2', '%41', '%FF', '%00', '+', 'a=', '1', ';', '?');
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => `?${pieces.join('')}`),
      (search) => {
        const { values, problems } = readQuery(search, ['a']);
        expect(Object.keys(values).length + Object.keys(problems).length).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test.each([
  ['', {}, {}],
  ['?', {}, {}],
  ['?a', { a: '' }, {}],
  ['?a=1=2', { a: '1=2' }, {}],
  ['?a=+%2B', { a: ' +' }, {}],
  ['?b=1&c=%FF', {}, {}],
  ['?a=1&%61=2', {}, { a: 'must be given once' }],
  ['?a=%ED%A0%80', {}, { a: 'must be percent-encoded UTF-8' }],
  ['?a=x%00', {}, { a: 'must not hold U+0000 or half a surrogate pair' }],
])('%s', (search, values, problems) => {
  expect(readQuery(search, ['a'])).toEqual({ values, problems });
});

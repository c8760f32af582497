import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatInstant, parseInstant } from '../../src/values/instant.ts';

const time = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

test('reads every time that it writes', () => {
  fc.assert(
    fc.property(time, (instant) => {
      expect(parseInstant(formatInstant(instant))).toEqual(instant);
    }),
  );
});

test('a whole second has no fraction, any other three digits', () => {
  expect(formatInstant(new Date('2026-04-28T12:00:01Z'))).toBe('2026-04-28T12:00:01Z');
  expect(formatInstant(new Date('2026-04-28T12:00:01.010Z'))).toBe('2026-04-28T12:00:01.010Z');
});

test.each([
  ['2026-04-28T12:00:01Z', '2026-04-28T12:00:01Z'],
  ['2026-04-28t12:00:01z', '2026-04-28T12:00:01Z'],
  ['2026-04-28T14:00:01+02:00', '2026-04-28T12:00:01Z'],
  ['2026-04-28T12:00:01.123999999Z', '2026-04-28T12:00:01.123Z'],
  ['2024-02-29T00:00:00-00:30', '2024-02-29T00:30:00Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
])('%s', (text, written) => {
  const instant = parseInstant(text);
  expect(instant && formatInstant(instant)).toBe(written);
});

test.each([
  '',
  '2026-04-28',
  '2026-04-28T12:00:01',
  '2026-02-29T12:00:01Z',
  '2026-13-01T12:00:01Z',
  '2026-04-31T12:00:01Z',
  '2026-04-28T24:00:00Z',
  '2026-04-28T12:60:00Z',
  '2026-04-28T12:00:61Z',
  '2026-04-28T12:00:01.Z',
  '2026-04-28T12:00:01+24:00',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-00:01',
  '+12026-04-28T12:00:01Z',
  '٢٠٢٦-04-28T12:00:01Z',
  '2026-04-28T12:00:01Z\n',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});

import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { parseTimestamp } from '../../src/database/timestamps.ts';

const driver = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date | number | null;
const instants = fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

/** Writes a time as PostgreSQL does, without zeros at the end of the fraction. */
const written = (time: Date) =>
  time
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '+00')
    .replace(/(:\d\d:\d)\+/, '$10+');

test('reads each millisecond of a second', () => {
  for (let ms = 0; ms < 1_000; ms += 1) {
    const fraction = String(ms).padStart(3, '0').replace(/0+$/, '');
    const text = `2026-01-31 10:20:30${fraction && `.${fraction}`}+00`;
    expect(parseTimestamp(text)?.getTime()).toBe(Date.UTC(2026, 0, 31, 10, 20, 30, ms));
  }
});

test('reads any time as the driver does', () => {
  fc.assert(
    fc.property(instants, (time) => {
      const text = written(time);
      expect(parseTimestamp(text)).toEqual(time);
      expect(driver(text)).toEqual(time);
    }),
  );
});

test('cuts microseconds', () => {
  expect(parseTimestamp('2026-01-31 10:20:30.123999+00')?.toISOString()).toBe('2026-01-31T10:20:30.123Z');
});

test.each([
  'infinity',
  '-infinity',
  '0044-03-15 00:00:00+00',
  '0044-03-15 00:00:00+00 BC',
  '10000-01-01 00:00:00+00',
  '2026-01-31 10:20:30+05:30',
  '2026-01-31 10:20:30-03',
  '2026-01-31 10:20:30.1234567+00',
  '2026-01-31 10:20:3x+00',
  '2026-01-31',
  '',
])('leaves %s to the driver', (text) => expect(parseTimestamp(text)).toBeNull());

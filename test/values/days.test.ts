import { expect, test } from 'vitest';
import { dayAt, formatDay, isTimeZone, parseDay, startsOfDays } from '../../src/values/days.ts';

test.each(['0001-01-01', '0099-12-31', '1969-12-31', '1970-01-01', '2024-02-29', '9999-12-31'])('reads and writes %s', (text) => {
  expect(formatDay(parseDay(text) ?? Number.NaN)).toBe(text);
});

test.each(['0000-12-31', '2025-02-29', '2025-13-01', '2025-1-1', '2025-01-01T00:00:00Z', '10000-01-01', '-0001-01-01', '', 'today'])(
  'refuses "%s"',
  (text) => {
    expect(parseDay(text)).toBeNull();
  },
);

test('knows time zones by name', () => {
  expect(['UTC', 'Europe/Berlin', 'Asia/Calcutta', 'Mars/Olympus', '', 'CEST?'].map(isTimeZone)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

/** The first day, its time zone, and the instants at which it and the days after it begin. */
const cases: [string, string, string[]][] = [
  ['2026-01-31', 'UTC', ['2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z']],
  ['0001-01-01', 'UTC', ['0001-01-01T00:00:00Z', '0001-01-02T00:00:00Z']],
  ['9999-12-30', 'Asia/Tokyo', ['9999-12-29T15:00:00Z', '9999-12-30T15:00:00Z']],
  ['0001-01-01', 'Asia/Calcutta', ['0001-01-01T00:00:00Z', '0001-01-01T18:06:32Z']],
  ['9999-12-31', 'UTC', ['9999-12-31T00:00:00Z', '9999-12-31T23:59:59.999Z']],
  // 23 hours and 25 hours.
  ['2026-03-28', 'Europe/Berlin', ['2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z']],
  ['2026-10-25', 'Europe/Berlin', ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', '2026-10-26T23:00:00Z']],
  // Midnight is skipped: the day begins at 1 o'clock.
  ['2018-11-03', 'America/Sao_Paulo', ['2018-11-03T03:00:00Z', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z']],
  // The hour from midnight to 1 o'clock comes twice.
  ['2025-11-02', 'America/Havana', ['2025-11-02T04:00:00Z', '2025-11-03T05:00:00Z']],
  ['2026-01-01', 'Asia/Kathmandu', ['2025-12-31T18:15:00Z', '2026-01-01T18:15:00Z']],
  // The 30th did not exist.
  ['2011-12-29', 'Pacific/Apia', ['2011-12-29T10:00:00Z', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z', '2011-12-31T10:00:00Z']],
];

test.each(cases)('days from %s in %s begin in that time zone', (first, timeZone, starts) => {
  const day = parseDay(first) ?? Number.NaN;
  const found = startsOfDays(day, starts.length - 1, timeZone);
  expect(found).toEqual(starts.map((text) => new Date(text)));
  expect(formatDay(dayAt(found[0] as Date, timeZone))).toBe(first);
  if (first > '0001-01-01') expect(dayAt(new Date((found[0] as Date).getTime() - 1), timeZone)).toBe(day - 1);
});

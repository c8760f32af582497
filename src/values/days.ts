// Calendar days, as their number since 1970-01-01, and the instants at which they begin in a time zone.

import { earliestMs, latestMs } from './instant.ts';

const dayMs = 86_400_000;
/** No time zone was ever further from UTC. */
const farthestMs = 16 * 3_600_000;

/** Reads a date such as 2026-01-31, of the years 1 to 9999. Null for any other text, and for a date that does not exist. */
export function parseDay(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null || match[1] === '0000') return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || formatDay(ms / dayMs) !== text ? null : ms / dayMs;
}

export function formatDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Returns true for a time zone that this program knows, such as Europe/Berlin. */
export function isTimeZone(text: string): boolean {
  try {
    calendarOf(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns the day that an instant belongs to. */
export function dayAt(instant: Date, timeZone: string): number {
  return dayOf(calendarOf(timeZone), instant.getTime());
}

/**
 * Returns the instants at which `count` days begin, and as the last one the end of the last day. A day begins with its first instant, which is not midnight
 * where clocks skip it. A day that a time zone skipped begins when the next one does. No instant is outside of the years 1 to 9999 in UTC.
 */
export function startsOfDays(first: number, count: number, timeZone: string): Date[] {
  const calendar = calendarOf(timeZone);
  const starts: Date[] = [];
  let offset = 0;
  for (let day = first; day <= first + count; day += 1) {
    const expected = day * dayMs - offset;
    const isStart = dayOf(calendar, expected) === day && dayOf(calendar, expected - 1) === day - 1;
    const start = isStart ? expected : firstInstant(calendar, day);
    offset = day * dayMs - start;
    starts.push(new Date(Math.min(Math.max(start, earliestMs), latestMs)));
  }
  return starts;
}

/** Finds the first instant of a day between two instants, of which the first is before it. */
function firstInstant(calendar: Intl.DateTimeFormat, day: number): number {
  let [before, at] = [day * dayMs - farthestMs, day * dayMs + farthestMs];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (dayOf(calendar, middle) >= day) at = middle;
    else before = middle;
  }
  return at;
}

function dayOf(calendar: Intl.DateTimeFormat, ms: number): number {
  const parts = Object.fromEntries(calendar.formatToParts(ms).map(({ type, value }) => [type, value]));
  const date = new Date(0);
  // In place of `Date.UTC`, which reads a year before 100 as one of the last century.
  date.setUTCFullYear(parts.era === 'BC' ? 0 : Number(parts.year), Number(parts.month) - 1, Number(parts.day));
  return date.getTime() / dayMs;
}

/** @throws RangeError for an unknown time zone */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
}

// Timestamps as PostgreSQL writes them: 2026-01-31 10:20:30.4+00.

/** The index of the point before the fraction of a second, or of the zone if there is no fraction. */
const pointAt = '2026-01-31 10:20:30'.length;
const zone = '+00';
const mostDigits = 6;
const [dash, point, zero] = [45, 46, 48];

/**
 * Reads a timestamp in UTC, cut to milliseconds. Null for another time zone, a year before 1000 or after 9999, or infinity.
 * Every row of a list has one or two, and the driver's regular expression is slower.
 */
export function parseTimestamp(text: string): Date | null {
  const end = text.length - zone.length;
  if (end < pointAt || text.charCodeAt(4) !== dash || !text.endsWith(zone)) return null;
  const year = digits(text, 0, 4);
  const [month, day] = [digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, pointAt)];
  const time = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds(text, end));
  return year >= 1_000 && !Number.isNaN(time) ? new Date(time) : null;
}

/** PostgreSQL leaves out zeros at the end of a fraction. */
function milliseconds(text: string, end: number): number {
  if (end === pointAt) return 0;
  const from = pointAt + 1;
  if (text.charCodeAt(pointAt) !== point || end - from > mostDigits) return Number.NaN;
  const count = Math.min(end - from, 3);
  return digits(text, from, from + count) * 10 ** (3 - count);
}

/** Returns NaN for anything but digits. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - zero;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

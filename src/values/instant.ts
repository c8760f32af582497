// Times as text, for every API: RFC 3339 is read, UTC is written.

const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Reads an RFC 3339 date-time, cut to milliseconds. Returns null for any other text, a date that does not exist, or a year before 1. */
export function parseInstant(text: string): Date | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const offset = (match[8] === '-' ? -1 : 1) * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0));
  if (hour > 23 || minute > 59 || second > 59 || Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) return null;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day) return null;
  local.setUTCHours(hour, minute, second, Number((match[7] ?? '').slice(0, 3).padEnd(3, '0')));
  const instant = new Date(local.getTime() - offset * 60_000);
  return isInstant(instant.getTime()) ? instant : null;
}

/** The first and the last instant of the years 1 to 9999, in milliseconds since 1970. */
export const earliestMs = Date.UTC(2000, 0, 1) - 730_119 * 86_400_000;
export const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** True for milliseconds since 1970 within the years 1 to 9999, which every API can write. */
export function isInstant(ms: number): boolean {
  return Number.isInteger(ms) && ms >= earliestMs && ms <= latestMs;
}

const mostAheadMs = 86_400_000;

/** Returns the problem of a time that is too far in the future, or null. A message with such a time would stay in the retention window too long. */
export function aheadProblem(instant: Date): string | null {
  return instant.getTime() - Date.now() > mostAheadMs ? 'must be at most one day after now' : null;
}

const dayMs = 86_400_000;
/** The dates of recent days, by their number since 1970: the times of a list share few days. */
const dates = new Map<number, string>();
const maxDates = 1_000;
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** Writes a time in UTC: a whole second without a fraction, any other with three digits. @throws RangeError for an invalid date */
export function formatInstant(instant: Date): string {
  const ms = instant.getTime();
  const day = Math.floor(ms / dayMs);
  const ofDay = ms - day * dayMs;
  const seconds = Math.floor(ofDay / 1_000);
  const fraction = ofDay % 1_000;
  const minutes = Math.floor(seconds / 60);
  const time = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`;
  return `${dates.get(day) ?? dateOf(day, instant)}T${time}${fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`}Z`;
}

function dateOf(day: number, instant: Date): string {
  const date = instant.toISOString().slice(0, -14);
  if (dates.size >= maxDates) dates.clear();
  dates.set(day, date);
  return date;
}

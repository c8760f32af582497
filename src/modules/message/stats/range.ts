import { badInput } from '../../../errors.ts';
import { dayAt, isTimeZone, parseDay, startsOfDays } from '../../../values/days.ts';

/** The days of a range without `since`. */
export const usualDays = 30;
/** The most days of a range. */
export const maxDays = 366;
export const usualTimeZone = 'UTC';

export interface RangeRequest {
  /** The first day; null: so that the range has `usualDays`. */
  since?: string | null;
  /** The last day; null: today. */
  until?: string | null;
  timeZone?: string | null;
}

/** Days of which messages are counted. */
interface DayRange {
  timeZone: string;
  /** The first day. */
  first: number;
  count: number;
  /** The instants at which the days begin, and the end of the last one. */
  starts: Date[];
}

/** @throws BAD_USER_INPUT */
export function readRange({ since, until, timeZone: given }: RangeRequest): DayRange {
  const timeZone = given ?? usualTimeZone;
  if (!isTimeZone(timeZone)) throw badInput('timeZone', 'must be a name of the IANA time zone database, such as Europe/Berlin');
  const last = until == null ? dayAt(new Date(), timeZone) : readDay('until', until);
  const first = since == null ? last - usualDays + 1 : readDay('since', since);
  if (first > last) throw badInput('since', `must not be after ${until == null ? 'today' : 'until'}`);
  const count = last - first + 1;
  if (count > maxDays)
    throw badInput('since', `must be at most ${maxDays} days before ${until == null ? 'tomorrow: give until' : 'the day after until'}`);
  return { timeZone, first, count, starts: startsOfDays(first, count, timeZone) };
}

function readDay(field: string, text: string): number {
  const day = parseDay(text);
  if (day === null) throw badInput(field, 'must be a date like 2026-01-31');
  return day;
}

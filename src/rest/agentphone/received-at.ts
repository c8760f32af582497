// `receivedAt` is a time in milliseconds, followed by digits for the message's rank among the messages of its phone number with the same time. The order of
// the texts is the order of the list, and a message's digits never change.
import { formatInstant, parseInstant } from '../../values/instant.ts';

const rankGroup = 3;
/** PostgreSQL's greatest integer: no rank is greater. */
export const greatestRank = 2_147_483_647;

/** Writes `receivedAt`. @param createdAt as GraphQL writes a time */
export function formatReceivedAt({ createdAt, createdAtRank }: { createdAt: string; createdAtRank: number }): string {
  return `${new Date(createdAt).toISOString().slice(0, -1)}${rankDigits(createdAtRank)}Z`;
}

/**
 * Writes a rank with a number of digits that is a multiple of three. The order of the texts is the order of the numbers, and no rank's digits begin those
 * of another rank: `000` to `899`, then `900000` to `989999`, then from `990000000`. Each three digits more have one more leading nine.
 */
export function rankDigits(rank: number): string {
  let rest = rank;
  for (let nines = 0; ; nines += 1) {
    const size = sizeOf(nines);
    if (rest < size) return '9'.repeat(nines) + String(rest).padStart(lengthOf(nines) - nines, '0');
    rest -= size;
  }
}

/** Returns the rank that has these digits (`exact`), else the greatest rank below them. */
export function rankOf(digits: string): { rank: number; exact: boolean } {
  const nines = /^9*/.exec(digits)?.[0].length ?? 0;
  let smaller = 0;
  for (let fewer = 0; fewer < nines; fewer += 1) {
    smaller += sizeOf(fewer);
    if (smaller > greatestRank) return { rank: greatestRank, exact: false };
  }
  const length = lengthOf(nines);
  const rank = smaller + Number(digits.slice(nines, length).padEnd(length - nines, '0'));
  return rank > greatestRank ? { rank: greatestRank, exact: false } : { rank, exact: /^0*$/.test(digits.slice(length)) };
}

function lengthOf(nines: number): number {
  return rankGroup * (nines + 1);
}

/** The number of ranks with this many leading nines: the digit after them is 0 to 8. */
function sizeOf(nines: number): number {
  return 9 * 10 ** (lengthOf(nines) - nines - 1);
}

const dates = String.raw`(?<year>\d{4})(?:-(?<month>\d\d)-(?<day>\d\d)|(?<basicMonth>\d\d)(?<basicDay>\d\d))`;
const times = String.raw`(?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?`;
// A `+` may arrive as a space.
const offsets = String.raw` ?(?:[Zz]|(?<sign>[+\- ])(?<offsetHour>\d\d)(?::?(?<offsetMinute>\d\d))?)`;
const iso8601 = new RegExp(`^${dates}(?:[Tt ]${times}(?:${offsets})?)?$`);

/** A time as RFC 3339 in UTC to the millisecond, and the digits that were written after the milliseconds. */
export interface ParsedTime {
  instant: string;
  finer: string;
}

/** Reads ISO 8601 as people write it: date alone, basic format, a space for the `T`, no seconds, no offset (UTC), `+02`; null for anything else. */
export function parseIso8601(text: string): ParsedTime | null {
  const parts = iso8601.exec(text)?.groups;
  if (parts === undefined) return null;
  const { year, month = parts.basicMonth, day = parts.basicDay, hour = '00', minute = '00', second = '00', fraction = '' } = parts;
  const { sign, offsetHour = '00', offsetMinute = '00' } = parts;
  const offset = sign === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${offsetHour}:${offsetMinute}`;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const instant = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  return instant && { instant: formatInstant(instant), finer: fraction.slice(3) };
}

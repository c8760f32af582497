import { formatInstant, parseInstant } from '../../values/instant.ts';

const dates = String.raw`(?<year>\d{4})(?:-(?<month>\d\d)-(?<day>\d\d)|(?<basicMonth>\d\d)(?<basicDay>\d\d))`;
const times = String.raw`(?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?`;
// A `+` that arrived as a space is one.
const offsets = String.raw` ?(?:[Zz]|(?<sign>[+\- ])(?<offsetHour>\d\d)(?::?(?<offsetMinute>\d\d))?)`;
const pattern = new RegExp(`^${dates}(?:[Tt ]${times}(?:${offsets})?)?$`);

/** An instant as RFC 3339 in UTC to the millisecond, and the digits that were written behind the milliseconds. */
interface ParsedInstant {
  instant: string;
  finer: string;
}

/** Reads ISO 8601 as people write it: date alone, basic format, a space for the `T`, no seconds, no offset (UTC), `+02`; null for anything else. */
export function parseIso8601(text: string): ParsedInstant | null {
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined) return null;
  const { year, month = parts.basicMonth, day = parts.basicDay, hour = '00', minute = '00', second = '00', fraction = '' } = parts;
  const { sign, offsetHour = '00', offsetMinute = '00' } = parts;
  const offset = sign === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${offsetHour}:${offsetMinute}`;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const instant = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  return instant && { instant: formatInstant(instant), finer: fraction.slice(3) };
}

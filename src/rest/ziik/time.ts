import { z } from 'zod';

/** Seconds since 1970. */
export const time = z.int();

/** Returns the whole seconds since 1970 of an RFC 3339 time; fractions are cut. */
export function unixSeconds(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/** Returns null for null. */
export function unixSecondsOrNull(instant: string | null): number | null {
  return instant === null ? null : unixSeconds(instant);
}

/** Returns `YYYY-MM-DD HH:mm` in UTC. */
export function formatMinute(instant: string): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}

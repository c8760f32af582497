import { InvalidArgumentError } from 'commander';
import { isUuid } from '../values/ids.ts';
import { parseInstant } from '../values/instant.ts';

// Readers of the values of options and arguments. A value that they refuse is wrong usage: exit code 2.

export function uuidArgument(text: string): string {
  const uuid = text.toLowerCase();
  if (!isUuid(uuid)) throw new InvalidArgumentError('It must be a UUID, like 0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e.');
  return uuid;
}

/** Returns a number of days. The command of the module checks its range. */
export function daysArgument(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of days, 1 to 36500.');
  return Number(text);
}

/** Reads a number of items, at most 999,999,999. */
export function countArgument(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, at most 999999999.');
  return Number(text);
}

/** Returns `none` unchanged, since commander takes null for an absent value. */
export function windowArgument(text: string): number | 'none' {
  return text === 'none' ? 'none' : daysArgument(text);
}

/** The largest value that the column can hold. */
const largestBudget = 2_147_483_647;

/** Returns 0 for `unlimited`, as it is stored. */
export function budgetArgument(text: string): number {
  if (text === 'unlimited') return 0;
  const budget = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (budget > largestBudget) throw new InvalidArgumentError(`It must be a number from 1 to ${largestBudget}, or "unlimited".`);
  return budget;
}

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** Reads `30d`, `12h` or `45m`. @returns milliseconds */
export function durationArgument(text: string): number {
  const match = /^([1-9]\d{0,4})([dhm])$/.exec(text);
  if (match === null) throw new InvalidArgumentError('It must be a number of days, hours or minutes, like 30d, 12h or 45m.');
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}

export function instantArgument(text: string): Date {
  const instant = parseInstant(text);
  if (instant === null) throw new InvalidArgumentError('It must be a time with an offset, like 2026-01-31T00:00:00Z.');
  return instant;
}

/** Reads a number of seconds, at most a day. */
export function secondsArgument(text: string): number {
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > 86_400) throw new InvalidArgumentError('It must be a whole number of seconds, 1 to 86400.');
  return seconds;
}

/** Returns the address of an API without a slash at its end. */
export function baseUrlArgument(text: string): string {
  const url = text.length <= 1_000 ? URL.parse(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError('It must be an http or https URL without a query, like https://api.example.com.');
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('It must not have a user name or password: the token has an option of its own.');
  return url.href.replace(/\/+$/, '');
}

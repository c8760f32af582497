// Rules of parameters that contracts share: how the text is read, and how the OpenAPI document states the rule.
import { z } from 'zod';
import { decodeCursor, type Ordering } from '../../../values/cursor.ts';
import { isUuid } from '../../../values/ids.ts';
import { formatInstant, parseInstant } from '../../../values/instant.ts';
import { longestSearch, searchProblem } from '../../../values/search-text.ts';

/** Plain decimal digits: neither `1e2` nor other scripts' digits. */
export function integer(min: number, max: number) {
  return text(`must be an integer from ${min} to ${max}`, { type: 'integer', minimum: min, maximum: max }, (given) => {
    const value = /^[0-9]{1,15}$/.test(given) ? Number(given) : null;
    return value !== null && value >= min && value <= max ? value : null;
  });
}

/** An integer without an upper bound, of any length. Beyond 2^53-1 the value is 2^53-1: every list ends before it. */
export function integerFrom(min: number) {
  return text(`must be an integer, at least ${min}`, { type: 'integer', minimum: min }, (given) => {
    const value = /^[0-9]+$/.test(given) ? Math.min(Number(given), Number.MAX_SAFE_INTEGER) : null;
    return value !== null && value >= min ? value : null;
  });
}

/** Reads an empty parameter as an absent one. */
export function emptyIsAbsent<Rule extends z.ZodType>(rule: Rule) {
  return z.preprocess((given) => (given === '' ? undefined : given), rule.optional());
}

export function flag() {
  return text('must be true or false', { type: 'boolean' }, (given) => (given === 'true' ? true : given === 'false' ? false : null));
}

/** An RFC 3339 time, as the schema reads it. The `+` of an offset that arrived as a space is restored. */
export function instant() {
  return text('must be an RFC 3339 date-time', { type: 'string', format: 'date-time' }, (given) => {
    const parsed = parseInstant(given.replace(/ (?=\d\d:\d\d$)/, '+'));
    return parsed && formatInstant(parsed);
  });
}

/** A UUID, as lower case. */
export function uuid() {
  return text('must be a UUID', { type: 'string', format: 'uuid' }, (given) => {
    const lower = given.toLowerCase();
    return isUuid(lower) ? lower : null;
  });
}

/** A text to search for. */
export const searchText = z
  .string()
  .superRefine((given, context) => {
    const problem = searchProblem(given);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ maxLength: longestSearch });

export const cursorProblem = 'must be the next_cursor of a page of this list';

/** True for a cursor of this ordering. Routes check it before the document runs, because malformed input is refused before an unknown id. */
export function isCursor(ordering: Ordering, cursor: string): boolean {
  return decodeCursor(ordering, cursor) !== null;
}

/** A text that `read` turns into a value, or into null if the text is malformed; `rule` is the same rule as JSON Schema. */
function text<Value>(problem: string, rule: Rule, read: (given: string) => Value | null) {
  return z
    .string()
    .transform((given, context): Value => {
      const value = read(given);
      if (value !== null) return value;
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    })
    .meta(rule);
}

type Rule = { type: 'integer'; minimum: number; maximum?: number } | { type: 'boolean' } | { type: 'string'; format: string };

import { z } from 'zod';
import { isE164 } from '../../e164.ts';
import { urlProblem } from '../../https-url.ts';
import { parseInstant } from '../../instant.ts';

// The kinds of value that a line of the import format holds. Lengths are counted in code points, as PostgreSQL does.

const biggestInt4 = 2_147_483_647;

/** What a value of the wrong type is told. */
export function must(message: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : `must ${message}`) };
}

const anyText = z.string(must('be text'));

export function text(least: number, most: number) {
  return anyText.refine(
    (value) => {
      const length = codePoints(value);
      return length >= least && length <= most;
    },
    `must have ${least} to ${most.toLocaleString('en')} characters`,
  );
}

/** Absent and null say the same: nothing. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null);
}

export function list<Schema extends z.ZodType>(item: Schema, most = Number.POSITIVE_INFINITY) {
  return z
    .array(item, must('be a list'))
    .refine((items) => items.length <= most, `must have at most ${most.toLocaleString('en')}`)
    .nullish()
    .transform((items) => items ?? []);
}

/** Values written small on the wire and in capitals in the database. */
export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, must(`be one of ${values.join(', ')}`)).transform((value) => value.toUpperCase() as Uppercase<Values[number]>);
}

export const phoneNumber = anyText.refine(isE164, 'must be an E.164 number: + and 8 to 15 digits');

/** To the millisecond, in UTC, as ISO text. */
export const instant = anyText.transform((value, context) => {
  const date = parseInstant(value);
  if (date !== null) return date.toISOString();
  context.issues.push({ code: 'custom', input: value, message: 'must be an RFC 3339 date-time with an offset, in the years 1 to 9999' });
  return z.NEVER;
});

export const httpsUrl = anyText.superRefine((value, context) => {
  const problem = urlProblem(value);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

export function integer(least: number, most = biggestInt4) {
  const range = `be a whole number from ${least} to ${most}`;
  return z.number(must(range)).refine((value) => Number.isInteger(value) && value >= least && value <= most, `must ${range}`);
}

export const seconds = z.number(must('be a number of seconds')).min(0, 'must be a number of seconds, 0 or more');

function codePoints(value: string): number {
  let pairs = 0;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) pairs++;
  }
  return value.length - pairs;
}

import { z } from 'zod';
import { contactAddressRule, e164Rule, isContactAddress, isE164 } from '../../../../values/contact-address.ts';
import { urlProblem } from '../../../../values/https-url.ts';
import { aheadProblem, parseInstant } from '../../../../values/instant.ts';

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

/** The items that cannot be read are reported up to this many: one line must not fill the memory with problems. */
const mostBadItems = 20;

export function list<Schema extends z.ZodType>(item: Schema, most = Number.POSITIVE_INFINITY) {
  return z
    .array(z.unknown(), must('be a list'))
    .refine((items) => items.length <= most, `must have at most ${most.toLocaleString('en')}`)
    .transform((items, context) => readItems(items, item, context))
    .nullish()
    .transform((items) => items ?? []);
}

/** Reads the items one by one: an array of zod hands all problems on as arguments of one call, which ends with a RangeError at about 100,000. */
function readItems<Schema extends z.ZodType>(items: readonly unknown[], item: Schema, context: z.RefinementCtx): z.output<Schema>[] {
  const read: z.output<Schema>[] = [];
  let bad = 0;
  for (const [index, value] of items.entries()) {
    const result = item.safeParse(value);
    if (result.success) {
      read.push(result.data);
      continue;
    }
    // An issue is a raw one with its message: zod's types keep the two apart.
    for (const issue of result.error.issues) context.issues.push({ ...issue, path: [index, ...issue.path] } as z.core.$ZodRawIssue);
    bad++;
    if (bad === mostBadItems) break;
  }
  return read;
}

/** Values written small on the wire and in capitals in the database. */
export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, must(`be one of ${values.join(', ')}`)).transform((value) => value.toUpperCase() as Uppercase<Values[number]>);
}

/** A number of the organization. */
export const phoneNumber = anyText.refine(isE164, `must be ${e164Rule}`);

export const contactAddress = anyText.refine(isContactAddress, `must be ${contactAddressRule}`);

const instantRule = 'must be an RFC 3339 date-time with an offset, in the years 1 to 9999';

/** At most one day after now; to the millisecond, in UTC, as ISO text. */
export const instant = anyText.transform((value, context) => {
  const date = parseInstant(value);
  const problem = date === null ? instantRule : aheadProblem(date);
  if (date !== null && problem === null) return date.toISOString();
  context.issues.push({ code: 'custom', input: value, message: problem ?? instantRule });
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

import { z } from 'zod';
import { aheadProblem, parseInstant } from '../../../../values/instant.ts';
import { anyText, must } from './fields.ts';

/** The kinds of value of a message that lines of a file and GraphQL inputs write differently. */
export interface ValueForms {
  /** Reads a time, at most one day after now, into UTC ISO text with milliseconds. */
  instant: z.ZodType<string>;
  choice<Value extends string>(values: Readonly<Record<string, Value>>): z.ZodType<Value>;
}

/** In a line of a file: RFC 3339 text, and enum values in lower case. */
export const lineForms: ValueForms = {
  instant: anyText.transform((value, context) => {
    const date = parseInstant(value);
    return date === null
      ? refuse(context, value, 'must be an RFC 3339 date-time with an offset, in the years 1 to 9999')
      : isoText(date, context);
  }),
  choice: (values) => {
    const known = byWord(values);
    const words = [...known.keys()];
    return z.enum(words, must(`be one of ${words.join(', ')}`)).transform((word) => known.get(word) ?? z.NEVER);
  },
};

/** Returns enum values by their word in a line. */
export function byWord<Value extends string>(values: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.values(values).map((value) => [value.toLowerCase(), value]));
}

/** In a GraphQL input: a Date, and enum values as the database has them. */
export const inputForms: ValueForms = { instant: z.date(must('be a time')).transform(isoText), choice: (values) => z.enum(values) };

function isoText(date: Date, context: z.RefinementCtx): string {
  const problem = aheadProblem(date);
  return problem === null ? date.toISOString() : refuse(context, date, problem);
}

function refuse(context: z.RefinementCtx, input: unknown, message: string): never {
  context.issues.push({ code: 'custom', input, message });
  return z.NEVER;
}

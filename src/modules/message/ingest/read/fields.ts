import { z } from 'zod';
import { contactAddressRule, e164Rule, isContactAddress, isE164 } from '../../../../values/contact-address.ts';
import { urlProblem } from '../../../../values/https-url.ts';
import { blankProblem, maxName } from '../../../../values/name.ts';
import { lengthProblem } from '../../../../values/storable-text.ts';

// The kinds of value of a message that lines of a file and GraphQL inputs write alike.

export const biggestInt4 = 2_147_483_647;

/** The error of a value of the wrong type. */
export function must(message: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : `must ${message}`) };
}

export const anyText = z.string(must('be text'));

export function text(least: number, most: number) {
  return refined((value) => lengthProblem(value, least, most));
}

export const maxExternalId = 200;

export const externalId = text(1, maxExternalId);

/** A part of a person's name: empty if it is unknown, but not only spaces. */
export const namePart = refined((value) => (value === '' ? null : blankProblem(value)));

export function name(most = maxName) {
  return refined((value) => blankProblem(value, most));
}

/** A number of the organization. */
export const phoneNumber = anyText.refine(isE164, `must be ${e164Rule}`);

export const contactAddress = anyText.refine(isContactAddress, `must be ${contactAddressRule}`);

export const httpsUrl = refined(urlProblem);

export function integer(least: number, most = biggestInt4) {
  const range = `be a whole number from ${least} to ${most}`;
  return z.number(must(range)).refine((value) => Number.isInteger(value) && value >= least && value <= most, `must ${range}`);
}

export const seconds = z.number(must('be a number of seconds')).min(0, 'must be a number of seconds, 0 or more');

/** Reads an absent value as null. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null);
}

/** A text for which `problem` returns null. */
function refined(problem: (value: string) => string | null) {
  return anyText.superRefine((value, context) => {
    const message = problem(value);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
}

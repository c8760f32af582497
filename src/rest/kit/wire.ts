// Parameters as text, what they become, and how a description states the rule: what the contracts have in common.
import { z } from 'zod';
import { isContactAddress } from '../../values/contact-address.ts';
import { encodeId, isUuid, type NodeType } from '../../values/ids.ts';
import { formatInstant, parseInstant } from '../../values/instant.ts';

/** Plain decimal digits: neither `1e2` nor other scripts' digits. */
export function integer(min: number, max: number) {
  return text(`must be an integer, ${min}..${max}`, { type: 'integer', minimum: min, maximum: max }, (given) => {
    const value = /^[0-9]{1,15}$/.test(given) ? Number(given) : null;
    return value !== null && value >= min && value <= max ? value : null;
  });
}

/** The same without an upper bound, of any length. Beyond 2^53-1 the value is 2^53-1: every list ends before it. */
export function integerFrom(min: number) {
  return text(`must be an integer, ${min} or more`, { type: 'integer', minimum: min }, (given) => {
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

/** An instant as the schema reads it. The `+` of an offset that arrived as a space is restored. */
export function instant() {
  return text('must be an RFC 3339 date-time', { type: 'string', format: 'date-time' }, (given) => {
    const parsed = parseInstant(given.replace(/ (?=\d\d:\d\d$)/, '+'));
    return parsed && formatInstant(parsed);
  });
}

/** A contact address; null where the text is no address. An address has no space at its ends: a space there is a `+` that was not percent-encoded. */
export function contactAddress() {
  return z.string().transform((given) => {
    const restored = given.replace(/^ | $/g, '+');
    return isContactAddress(restored) ? restored : null;
  });
}

/** A UUID in either case, as the global id of its type. */
export function uuidOf(type: NodeType) {
  return text('must be a UUID', { type: 'string', format: 'uuid' }, (given) =>
    isUuid(given.toLowerCase()) ? encodeId(type, given.toLowerCase()) : null,
  );
}

/** Text that `read` understands (null: it does not); `rule` says the same as a JSON Schema. */
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

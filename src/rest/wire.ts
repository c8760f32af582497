// Parameters as text, what they become, and how a description states the rule: what the contracts have in common.
import { z } from 'zod';
import { isE164 } from '../e164.ts';
import { encodeId, isUuid, type NodeType } from '../ids.ts';
import { formatInstant, parseInstant } from '../instant.ts';

/** Plain decimal digits: neither `1e2` nor other scripts' digits. */
export function integer(min: number, max: number) {
  return text(`must be an integer, ${min}..${max}`, { type: 'integer', minimum: min, maximum: max }, (given) => {
    const value = /^[0-9]{1,15}$/.test(given) ? Number(given) : null;
    return value !== null && value >= min && value <= max ? value : null;
  });
}

export function flag() {
  return text('must be true or false', { type: 'boolean' }, (given) => (given === 'true' ? true : given === 'false' ? false : null));
}

/** An instant as the schema reads it. The `+` of an offset that arrived as a space is mended. */
export function instant() {
  return text('must be an RFC 3339 date-time', { type: 'string', format: 'date-time' }, (given) => {
    const parsed = parseInstant(given.replace(/ (?=\d\d:\d\d$)/, '+'));
    return parsed && formatInstant(parsed);
  });
}

/** E.164; its `+` that arrived as a space is mended. */
export function phoneNumber() {
  return text('must be E.164', { type: 'string', pattern: '^\\+[0-9]{8,15}$' }, (given) => {
    const mended = given.replace(/^ /, '+');
    return isE164(mended) ? mended : null;
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

type Rule =
  | { type: 'integer'; minimum: number; maximum: number }
  | { type: 'boolean' }
  | { type: 'string'; format?: string; pattern?: string };

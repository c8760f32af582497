// Parameters as text, and what they become: what the contracts have in common.
import { z } from 'zod';
import { isE164 } from '../e164.ts';
import { encodeId, isUuid, type NodeType } from '../ids.ts';
import { formatInstant, parseInstant } from '../instant.ts';

/** Plain decimal digits: neither `1e2` nor other scripts' digits. */
export function integer(min: number, max: number) {
  return text(`must be an integer, ${min}..${max}`, (given) => {
    const value = /^[0-9]{1,15}$/.test(given) ? Number(given) : null;
    return value !== null && value >= min && value <= max ? value : null;
  });
}

export function flag() {
  return text('must be true or false', (given) => (given === 'true' ? true : given === 'false' ? false : null));
}

/** An instant as the schema reads it. The `+` of an offset that arrived as a space is mended. */
export function instant() {
  return text('must be an RFC 3339 date-time', (given) => {
    const parsed = parseInstant(given.replace(/ (?=\d\d:\d\d$)/, '+'));
    return parsed && formatInstant(parsed);
  });
}

/** E.164; its `+` that arrived as a space is mended. */
export function phoneNumber() {
  return text('must be E.164', (given) => {
    const mended = given.replace(/^ /, '+');
    return isE164(mended) ? mended : null;
  });
}

/** A UUID in either case, as the global id of its type. */
export function uuidOf(type: NodeType) {
  return text('must be a UUID', (given) => (isUuid(given.toLowerCase()) ? encodeId(type, given.toLowerCase()) : null));
}

/** Text that `read` understands (null: it does not). */
function text<Value>(problem: string, read: (given: string) => Value | null) {
  return z.string().transform((given, context): Value => {
    const value = read(given);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });
}

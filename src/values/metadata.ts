import { z } from 'zod';
import { badInput } from '../errors.ts';
import { findUnstorable } from './unstorable.ts';

const mostBytes = 16_384;
const deepest = 8;

/** What an operator keeps with a conversation: a JSON object of at most 16 KiB as text and 8 levels, itself being the first. */
export const metadata = z
  // Passed on unchanged: a key may be called `__proto__`.
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .superRefine((value, context) => {
    const problem = sizeProblem(value);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });

const tooDeep = `must be nested at most ${deepest} levels deep`;
const tooBig = 'must be at most 16 KiB of JSON';

/** Refuses a value that is too deep or too big. It looks at no more than 16,384 values and keys, whatever the size of `value`. */
function sizeProblem(value: unknown): string | null {
  const left = { bytes: mostBytes };
  const problem = walk(value, 0, left);
  if (problem !== null) return problem;
  return Buffer.byteLength(JSON.stringify(value)) > mostBytes ? tooBig : null;
}

/** @param left the bytes that the rest may have; each value has at least one, a text or a key as many as its length */
function walk(value: unknown, depth: number, left: { bytes: number }): string | null {
  left.bytes -= typeof value === 'string' ? value.length : 1;
  if (left.bytes < 0) return tooBig;
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest) return tooDeep;
  if (Array.isArray(value)) {
    for (const item of value) {
      const problem = walk(item, depth + 1, left);
      if (problem !== null) return problem;
    }
    return null;
  }
  for (const key in value) {
    left.bytes -= key.length;
    const problem = walk(value[key as keyof typeof value], depth + 1, left);
    if (problem !== null) return problem;
  }
  return null;
}

/** Refuses a value that the database would not give back unchanged, but for −0, which comes back as 0. @throws BAD_USER_INPUT naming `field` */
export function checkMetadata(value: Readonly<Record<string, unknown>>, field = 'metadata'): void {
  // First: the other check looks at every value, and needs a bounded size and depth.
  const [issue] = metadata.safeParse(value).error?.issues ?? [];
  if (issue !== undefined) throw badInput(field, issue.message);
  const unstorable = findUnstorable(value);
  if (unstorable !== null) throw badInput(field, `${unstorable.path} ${unstorable.reason}`.trimStart());
}

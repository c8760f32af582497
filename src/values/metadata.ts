import { z } from 'zod';
import { badInput } from '../errors.ts';
import { findInJson, maxLevels } from './json.ts';
import { findUnstorable } from './unstorable.ts';

const maxBytes = 16_384;

/** The metadata of a conversation: a JSON object of at most 16 KiB as text and 8 levels. */
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

const tooDeep = `must be nested at most ${maxLevels.metadata} levels deep`;
const tooBig = 'must be at most 16 KiB of JSON';

/** Refuses a value that is too deep or too big. It looks at no more than 16,384 values and keys, whatever the size of `value`. */
function sizeProblem(value: unknown): string | null {
  let bytes = 0;
  // Each value has at least one byte, a text or a key as many as its length.
  const refuse = (part: unknown) => {
    bytes += typeof part === 'string' ? part.length : 1;
    return bytes > maxBytes ? tooBig : null;
  };
  const problem = findInJson(value, { maxLevels: maxLevels.metadata, tooDeep, refuse });
  if (problem !== null) return problem.reason;
  return Buffer.byteLength(JSON.stringify(value)) > maxBytes ? tooBig : null;
}

/** Refuses a value that the database would not return unchanged; −0 is accepted, and returned as 0. @throws BAD_USER_INPUT naming `field` */
export function checkMetadata(value: Readonly<Record<string, unknown>>, field = 'metadata'): void {
  // First: the other check looks at every value, and needs a bounded size and depth.
  const [issue] = metadata.safeParse(value).error?.issues ?? [];
  if (issue !== undefined) throw badInput(field, issue.message);
  const unstorable = findUnstorable(value);
  if (unstorable !== null) throw badInput(field, `${unstorable.path} ${unstorable.reason}`.trimStart());
}

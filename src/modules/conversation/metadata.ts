import { z } from 'zod';
import { badInput } from '../../errors.ts';
import { findUnstorable } from '../ingestion/unstorable.ts';

const mostBytes = 16_384;
const deepest = 8;

/** What an operator keeps with a conversation: a JSON object of at most 16 KiB as text and 8 levels, itself being the first. */
export const metadata = z
  // Passed on as it is: a key may be called `__proto__`.
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .refine((value) => levels(value) <= deepest, { error: `must be nested at most ${deepest} levels deep`, abort: true })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= mostBytes, 'must be at most 16 KiB of JSON');

function levels(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levels));
}

/** Refuses what would not come back as it was given; −0 comes back as the 0 that it equals. @throws BAD_USER_INPUT naming `metadata` */
export function checkMetadata(value: Readonly<Record<string, unknown>>): void {
  // First: it also ends what is nested so deep that nothing else here could look at it.
  const unstorable = findUnstorable(value);
  if (unstorable !== null) throw badInput('metadata', `${unstorable.path} ${unstorable.reason}`.trimStart());
  const [issue] = metadata.safeParse(value).error?.issues ?? [];
  if (issue !== undefined) throw badInput('metadata', issue.message);
}

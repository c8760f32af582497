import { z } from 'zod';

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

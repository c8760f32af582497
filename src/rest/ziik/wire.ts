import { z } from 'zod';
import { integer } from '../kit/wire.ts';

export const limit = integer(1, 100).default(25).describe('How many items to return at most.');

/** An integer id in a path. What is none names nothing, which is 404 and not malformed: ids begin with 1, so 0 stands for it. */
export const idInPath = z
  .string()
  .transform((given) => (/^[1-9]\d{0,15}$/.test(given) && isSafe(given) ? Number(given) : 0))
  .meta({ type: 'integer', minimum: 1, description: 'The conversation’s id.', examples: [123] });

/** Whether text is an integer that this API could number something by, whatever its sign. */
export function isInteger(given: string): boolean {
  return /^-?\d{1,16}$/.test(given) && isSafe(given);
}

function isSafe(digits: string): boolean {
  return Number.isSafeInteger(Number(digits));
}

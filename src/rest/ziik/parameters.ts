// Parameters of this contract.
import { z } from 'zod';
import { integer } from '../kit/request/parameters.ts';

export const limit = integer(1, 100).default(25).describe('The maximum number of items to return.');

/** An integer id in a path. Any other text names nothing, which is 404 and not malformed. Ids begin with 1, so 0 stands for it. */
export const idInPath = z
  .string()
  .transform((given) => (/^[1-9]\d{0,15}$/.test(given) && isSafe(given) ? Number(given) : 0))
  .meta({ type: 'integer', minimum: 1, description: 'The id of the conversation.', examples: [123] });

/** Whether a text is an integer that could be an id in this API, whatever its sign. */
export function isInteger(given: string): boolean {
  return /^-?\d{1,16}$/.test(given) && isSafe(given);
}

function isSafe(digits: string): boolean {
  return Number.isSafeInteger(Number(digits));
}

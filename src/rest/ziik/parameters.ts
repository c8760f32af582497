// Parameters of this contract.
import { z } from 'zod';
import { integer } from '../kit/request/parameters.ts';

export const limit = integer(1, 100).default(25).describe('The maximum number of items to return.');

/** An integer id in a path. Any other text is an unknown id (404), not a malformed one: it becomes 0, and ids begin with 1. */
export const idInPath = z
  .string()
  .transform((given) => (/^[1-9]\d{0,15}$/.test(given) && isSafe(given) ? Number(given) : 0))
  .meta({ type: 'integer', minimum: 1, description: 'The id of the conversation.', examples: [123] });

/** True for an integer, positive or negative, within the range of JavaScript's safe integers. */
export function isInteger(given: string): boolean {
  return /^-?\d{1,16}$/.test(given) && isSafe(given);
}

function isSafe(digits: string): boolean {
  return Number.isSafeInteger(Number(digits));
}

import { findInJson, maxLevels } from './json.ts';
import type { Problem } from './problem.ts';
import { textProblem } from './storable-text.ts';

const check = { maxLevels: maxLevels.message, tooDeep: 'is nested too deep', refuse };

/** Returns the first part of a JSON value that PostgreSQL or a JavaScript number cannot hold exactly, or null. */
export function findUnstorable(value: unknown): Problem | null {
  const found = findInJson(value, check);
  return found === null ? null : { code: 'INVALID', path: found.path.toReversed().join('.'), reason: found.reason };
}

function refuse(value: unknown): string | null {
  if (typeof value === 'string') return textProblem(value);
  return typeof value === 'number' ? numberProblem(value) : null;
}

function numberProblem(number: number): string | null {
  if (!Number.isFinite(number)) return 'is a number too big';
  // Such a whole number was rounded when it was read.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? 'is a number beyond 2^53-1' : null;
}

import { textProblem } from '../../storable-text.ts';

/** Deeper JSON than this is nobody's message, and would not fit a call stack. */
const deepest = 16;

export interface Problem {
  /** The field's path, like `reactions.0.type`; empty for the line as a whole. */
  path: string;
  reason: string;
}

/** The first thing in a JSON value that PostgreSQL or a number here cannot hold exactly; null where there is none. */
export function findUnstorable(value: unknown, path = '', depth = 0): Problem | null {
  if (typeof value === 'string') return asProblem(textProblem(value), path);
  if (typeof value === 'number') return asProblem(numberProblem(value), path);
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest) return { path, reason: 'is nested too deep' };
  for (const [key, item] of Object.entries(value)) {
    const itemPath = path === '' ? key : `${path}.${key}`;
    const problem = asProblem(textProblem(key), path) ?? findUnstorable(item, itemPath, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

function asProblem(reason: string | null, path: string): Problem | null {
  return reason === null ? null : { path, reason };
}

function numberProblem(number: number): string | null {
  if (!Number.isFinite(number)) return 'is a number too big';
  // Such a whole number was rounded when it was read.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? 'is a number beyond 2^53-1' : null;
}

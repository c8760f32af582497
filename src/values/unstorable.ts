import type { Problem } from './problem.ts';
import { textProblem } from './storable-text.ts';

/** Deeper JSON than this is nobody's message, and would not fit a call stack. */
const deepest = 16;

/** The first thing in a JSON value that PostgreSQL or a number here cannot hold exactly; null where there is none. */
export function findUnstorable(value: unknown): Problem | null {
  const found = find(value, 0);
  return found === null ? null : { code: 'INVALID', path: found.path.toReversed().join('.'), reason: found.reason };
}

/** The path's names come from the innermost outwards: they are gathered for a problem only, since most values have none. */
interface Found {
  path: (string | number)[];
  reason: string;
}

function find(value: unknown, depth: number): Found | null {
  if (typeof value === 'string') return at(textProblem(value));
  if (typeof value === 'number') return at(numberProblem(value));
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest) return at('is nested too deep');
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = find(value[index], depth + 1);
      if (found !== null) return within(found, index);
    }
    return null;
  }
  for (const key in value) {
    const found = at(textProblem(key)) ?? within(find(value[key as keyof typeof value], depth + 1), key);
    if (found !== null) return found;
  }
  return null;
}

function at(reason: string | null): Found | null {
  return reason === null ? null : { path: [], reason };
}

function within(found: Found | null, name: string | number): Found | null {
  found?.path.push(name);
  return found;
}

function numberProblem(number: number): string | null {
  if (!Number.isFinite(number)) return 'is a number too big';
  // Such a whole number was rounded when it was read.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? 'is a number beyond 2^53-1' : null;
}

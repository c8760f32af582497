/** The most levels of JSON, the outermost value being the first: each is more than its content needs, and fits the call stack. */
export const maxLevels = { metadata: 8, message: 16, requestBody: 32 };

interface Check {
  maxLevels: number;
  /** The reason that a value beyond the levels is refused with. */
  tooDeep: string;
  /** Returns the reason that refuses a value or a key, or null. It is called for objects and lists too, before their items. */
  refuse(value: unknown): string | null;
}

interface JsonProblem {
  /** Names from the innermost value outwards: they are gathered for a problem only, since most values have none. */
  path: (string | number)[];
  reason: string;
}

/** Returns the first value or key of a JSON value that a check refuses, or null. */
export function findInJson(value: unknown, check: Check, level = 1): JsonProblem | null {
  const reason = check.refuse(value);
  if (reason !== null) return { path: [], reason };
  if (typeof value !== 'object' || value === null) return null;
  if (level > check.maxLevels) return { path: [], reason: check.tooDeep };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const problem = findInJson(value[index], check, level + 1);
      if (problem !== null) return within(problem, index);
    }
    return null;
  }
  for (const key in value) {
    const keyReason = check.refuse(key);
    if (keyReason !== null) return { path: [], reason: keyReason };
    const problem = findInJson(value[key as keyof typeof value], check, level + 1);
    if (problem !== null) return within(problem, key);
  }
  return null;
}

function within(problem: JsonProblem, name: string | number): JsonProblem {
  problem.path.push(name);
  return problem;
}

import type { z } from 'zod';

/** Returns the documented example of a parameter; undefined without one. */
export function exampleOf(rule: z.ZodType): unknown {
  const { examples } = rule.meta() ?? {};
  return Array.isArray(examples) ? examples[0] : undefined;
}

/** Returns the documented example of each key. */
export function examplesOf({ shape }: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries<z.ZodType>(shape).map(([name, rule]) => [name, exampleOf(rule)]));
}

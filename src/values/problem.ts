import type { z } from 'zod';

/** The kind of a problem, for programs. */
export type RefusalCode = 'MISSING' | 'INVALID' | 'CONTRADICTORY' | 'NOT_FOUND' | 'CONFLICT';

export interface Problem {
  code: RefusalCode;
  /** The field's path, like `reactions.0.type`; empty for the line as a whole. */
  path: string;
  reason: string;
}

/** Reports problems of several fields together. */
export function addProblems(problems: Iterable<Problem>, context: z.core.$RefinementCtx): void {
  for (const { code, path, reason } of problems) {
    context.addIssue({ code: 'custom', path: path.split('.'), message: reason, params: { code } });
  }
}

/** Returns the problem of a schema's issue. A value that breaks the rules of its own field is INVALID. */
export function problemOf(issue: z.core.$ZodIssue): Problem {
  const code: RefusalCode = (issue.code === 'custom' && issue.params?.code) || 'INVALID';
  return { code, path: issue.path.join('.'), reason: issue.message };
}

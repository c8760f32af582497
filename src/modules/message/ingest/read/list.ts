import { z } from 'zod';
import { must } from './fields.ts';

/** The most invalid items that are reported: one line must not fill the memory with problems. */
const mostBadItems = 20;

/** A list of at most `most` items; null or absent is an empty one. */
export function list<Schema extends z.ZodType>(item: Schema, most = Number.POSITIVE_INFINITY) {
  return z
    .array(z.unknown(), must('be a list'))
    .refine((items) => items.length <= most, `must have at most ${most.toLocaleString('en')}`)
    .transform((items, context) => readItems(items, item, context))
    .nullish()
    .transform((items) => items ?? []);
}

/** Reads the items one by one: zod's own array passes all problems as arguments of one call, which throws a RangeError at about 100,000 problems. */
function readItems<Schema extends z.ZodType>(items: readonly unknown[], item: Schema, context: z.RefinementCtx): z.output<Schema>[] {
  const read: z.output<Schema>[] = [];
  let bad = 0;
  for (const [index, value] of items.entries()) {
    const result = item.safeParse(value);
    if (result.success) {
      read.push(result.data);
      continue;
    }
    // An issue is a raw one with its message: zod's types keep the two apart.
    for (const issue of result.error.issues) context.issues.push({ ...issue, path: [index, ...issue.path] } as z.core.$ZodRawIssue);
    bad++;
    if (bad === mostBadItems) break;
  }
  return read;
}

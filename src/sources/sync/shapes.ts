import { z } from 'zod';
import { parseInstant } from '../../values/instant.ts';
import { textProblem } from '../../values/storable-text.ts';

/** A time in RFC 3339, of which more than nine digits of a second are ignored. */
export const time = z.string().transform((text, context): Date => {
  const instant = parseInstant(text.replace(/(\.\d{9})\d+/, '$1'));
  if (instant !== null) return instant;
  context.addIssue({ code: 'custom', message: 'must be a time' });
  return z.NEVER;
});

/** A text that PostgreSQL can store, such as an id. */
export const storable = z.string().refine((text) => textProblem(text) === null, 'must not hold U+0000 or half a surrogate pair');

/** Unix seconds. */
export const unixTime = z
  .number()
  .min(-62_135_596_800)
  .max(253_402_300_799)
  .transform((seconds) => new Date(seconds * 1_000));

const named = z.object({ id: z.union([z.string(), z.number()]) });

/** Reads an item of a list. Its other fields are ignored: the API may have more of them than its documents. */
export function readItem<Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
): { value: z.output<Schema> } | { id: string; problem: string } {
  const read = schema.safeParse(item);
  if (read.success) return { value: read.data };
  const { data } = named.safeParse(item);
  const problem = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return { id: data === undefined ? 'without an id' : String(data.id), problem };
}

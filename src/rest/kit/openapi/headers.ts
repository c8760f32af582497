import type { oas31 } from 'zod-openapi';

type Headings = Readonly<Record<string, oas31.HeaderObject>>;

const described: Headings = {
  'Retry-After': always('Whole seconds to wait, at least 1.', { type: 'integer', minimum: 1 }),
  'X-RateLimit-Reset': always('The time at which to try again, in seconds since 1970.', { type: 'integer' }),
  'WWW-Authenticate': always('The way to authenticate.', { type: 'string', const: 'Bearer' }),
  'X-Request-Id': always('The id of this request in the log of the gateway: a ULID.', {
    type: 'string',
    pattern: '^[0-9A-HJKMNP-TV-Z]{26}$',
  }),
};

function always(description: string, schema: oas31.HeaderObject['schema']): oas31.HeaderObject {
  return { description, required: true, schema };
}

/** Not on every answer: a key may have an unlimited budget. */
function ofBudget(description: string, minimum: number): oas31.HeaderObject {
  return { description: `${description} Absent if the key's budget is unlimited.`, schema: { type: 'integer', minimum } };
}

/** The headers that show a key's budget. */
export const budgetHeaders: Headings = {
  'RateLimit-Limit': ofBudget('The budget of the key: the most that its operations may cost together in one minute.', 1),
  'RateLimit-Remaining': ofBudget('The rest of the budget in the current minute.', 0),
  'RateLimit-Reset': ofBudget('Whole seconds until that minute ends.', 1),
};

/** Describes the headers of these answers that are for clients to read. */
export function headersOf(...answers: readonly Headers[]): Record<string, oas31.HeaderObject> {
  return Object.fromEntries(Object.entries(described).filter(([name]) => answers.some((headers) => headers.has(name))));
}

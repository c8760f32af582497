const described: Readonly<Record<string, object>> = {
  'Retry-After': always('Whole seconds to wait, at least 1.', { type: 'integer', minimum: 1 }),
  'X-RateLimit-Reset': always('When to try again, in seconds since 1970.', { type: 'integer' }),
  'WWW-Authenticate': always('How to authenticate.', { type: 'string', const: 'Bearer' }),
  'X-Request-Id': always('What this request is called in our log: a ULID.', { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{26}$' }),
};

function always(description: string, schema: object): object {
  return { description, required: true, schema };
}

/** Not on every answer: a key may have an unlimited budget. */
function ofBudget(description: string, minimum: number): object {
  return { description: `${description} Absent if the key's budget is unlimited.`, schema: { type: 'integer', minimum } };
}

/** The headers that show a key's budget. */
export const budgetHeaders: Readonly<Record<string, object>> = {
  'RateLimit-Limit': ofBudget('What the operations of the key may cost together in a minute.', 1),
  'RateLimit-Remaining': ofBudget('What is left of that in the current minute.', 0),
  'RateLimit-Reset': ofBudget('Whole seconds until that minute ends.', 1),
};

/** Those among the headers of these answers that a client reads, described. */
export function headersOf(...answers: readonly Headers[]): Record<string, object> {
  return Object.fromEntries(Object.entries(described).filter(([name]) => answers.some((headers) => headers.has(name))));
}

const described: Readonly<Record<string, object>> = {
  'Retry-After': { description: 'Whole seconds to wait, at least 1.', schema: { type: 'integer', minimum: 1 } },
  'X-RateLimit-Reset': { description: 'When to try again, in seconds since 1970.', schema: { type: 'integer' } },
  'WWW-Authenticate': { description: 'How to authenticate.', schema: { type: 'string', const: 'Bearer' } },
  'X-Request-Id': {
    description: 'What this request is called in our log: a ULID.',
    schema: { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{26}$' },
  },
};

/** Those among the headers of these answers that a client reads, described. */
export function headersOf(...answers: readonly Headers[]): Record<string, object> {
  return Object.fromEntries(Object.entries(described).filter(([name]) => answers.some((headers) => headers.has(name))));
}

// The closed set of error codes and the classes that carry them; knows no transport.

export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'CONFLICT',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A refusal that a client may read: its message says what to do, and `details` go out beside the code. */
export class ParleyError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'ParleyError';
    this.code = code;
    this.details = details;
  }
}

/** Input that no retry will mend; `field` names the argument or input field it came in. */
export function badInput(field: string, message: string): ParleyError {
  return new ParleyError('BAD_USER_INPUT', `${field}: ${message}`, { field, reason: message });
}

/** Something the operator must mend (a wrong URL, a missing privilege): printed as one line, exit 1. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** The database did not answer: the client may try again. Never says why on the wire. */
export class UnavailableError extends Error {
  override name = 'UnavailableError';
}

// All error codes, and the classes that carry them. They do not depend on a transport.

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
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error that clients see: its message says what to do, and `details` are sent beside the code. */
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

/** Returns the error of invalid input. `field` names the argument or the input field. */
export function badInput(field: string, message: string): ParleyError {
  return new ParleyError('BAD_USER_INPUT', `${field}: ${message}`, { field, reason: message });
}

/** Refuses a filter with a null field. It would match everything, while its client may mean "none". @throws BAD_USER_INPUT naming the field */
export function refuseNulls(name: string, filter: object): void {
  for (const [field, value] of Object.entries(filter)) {
    if (value === null) throw badInput(`${name}.${field}`, 'must not be null: leave it out instead');
  }
}

/** An error that the operator must fix, such as a wrong URL or a missing privilege. It is printed as one line, and the exit code is 1. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** A setting names something that the operator must fix, such as a file with a mistake. The exit code is 2, as for every invalid setting. */
export class SettingError extends OperatorError {
  override name = 'SettingError';
}

/** Seconds after which a client may repeat a request that was answered UNAVAILABLE, or RATE_LIMITED without a time of its own. */
export const retryAfterSeconds = 1;

/** The gateway cannot answer now. The client may repeat the request; the answer does not contain the reason. */
export class UnavailableError extends Error {
  override name = 'UnavailableError';
}

/** The database canceled a statement that ran longer than STATEMENT_TIMEOUT. */
export class StatementTimeoutError extends UnavailableError {
  override name = 'StatementTimeoutError';
}

/** The client disconnected, so its work was canceled. Nobody reads the answer. */
export class DisconnectedError extends UnavailableError {
  override name = 'DisconnectedError';

  constructor(options?: ErrorOptions) {
    super('the client disconnected', options);
  }
}

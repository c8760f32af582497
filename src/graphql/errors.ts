import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { DisconnectedError, type ErrorCode, errorCodes, ParleyError, retryAfterSeconds, UnavailableError } from '../errors.ts';

/** An error as clients of every API see it, without internal details. */
export interface GatewayError {
  code: ErrorCode;
  message: string;
  /** Sent beside the code: `field` names the argument at fault, `requiredScopes` the scopes that the key lacks. */
  details: Readonly<Record<string, unknown>>;
}

/** The part of pino's logger that failures are written to. */
interface FailureLog {
  error(fields: { requestId: string; err: unknown }, message: string): void;
}

/** Returns the log of one answer. If many parts of the answer fail for the same reason, such as the lists of one statement, it writes that failure once. */
export function eachOnce(log: FailureLog): FailureLog {
  const logged = new Set<unknown>();
  return {
    error(fields, message) {
      const root = rootOf(fields.err);
      if (!logged.has(root)) log.error(fields, message);
      logged.add(root);
    },
  };
}

function rootOf(error: unknown): unknown {
  let current = error;
  while (current instanceof Error) {
    const below: unknown = current instanceof GraphQLError ? current.originalError : current.cause;
    if (below == null) break;
    current = below;
  }
  return current;
}

/** The longest reason in a message of GraphQL, in characters: some quote the value. */
const longestReason = 200;

/** Maps an error of any layer to an error for clients. An unknown error is masked, and logged with the request id. */
export function gatewayError(error: unknown, requestId: string, log: FailureLog): GatewayError {
  const result = mapped(error, requestId, log);
  // The details repeat the header, because a stream or a socket has none.
  return result.code === 'UNAVAILABLE' ? { ...result, details: { retryAfter: retryAfterSeconds, ...result.details } } : result;
}

function mapped(error: unknown, requestId: string, log: FailureLog): GatewayError {
  const cause = unwrap(error);
  if (cause instanceof ParleyError || cause instanceof GraphQLError) return refusal(error, cause);
  if (cause instanceof UnavailableError) {
    if (!(cause instanceof DisconnectedError)) log.error({ requestId, err: cause }, 'a request could not be answered now');
    return { code: 'UNAVAILABLE', message: 'temporarily unavailable', details: {} };
  }
  log.error({ requestId, err: cause }, 'unexpected error');
  return { code: 'INTERNAL', message: 'internal error', details: {} };
}

function refusal(error: unknown, cause: ParleyError | GraphQLError): GatewayError {
  const { code, details } = cause instanceof ParleyError ? cause : { code: codeOf(cause), details: {} };
  const atFault = error instanceof GraphQLError ? fieldOf(error) : {};
  const message = error instanceof GraphQLError ? variableAtFault(error) : null;
  return { code, message: message ?? cause.message, details: { ...details, ...atFault } };
}

/** Returns the refusal of an operation before it runs. It has the status if the client accepts the media type of GraphQL over HTTP. */
export function refusedOperation(
  status: number,
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, {
    originalError: new ParleyError(code, message, details),
    extensions: { http: { spec: true, status } },
  });
}

/** Returns the refusal of an operation above a limit. */
export function tooComplex(message: string, details?: Readonly<Record<string, unknown>>): GraphQLError {
  return refusedOperation(400, 'QUERY_TOO_COMPLEX', message, details);
}

/** Maps a GraphQL error to one for clients, whose `extensions` have the code, the details and the request id. */
export function presentedError(error: GraphQLError, requestId: string, log: FailureLog): GraphQLError {
  const { nodes, source, positions, path } = error;
  return shownError(gatewayError(error, requestId, log), requestId, { nodes, source, positions, path });
}

/** Returns an error for clients as a GraphQL error. */
export function shownError({ code, message, details }: GatewayError, requestId: string, place: GraphQLErrorOptions = {}): GraphQLError {
  return new GraphQLError(message, { ...place, extensions: { code, ...details, requestId } });
}

/**
 * Adds the HTTP status to an error if it is not 200: that of the error's code, or else the one that GraphQL or Yoga gave. If the answer has other parts
 * (`inPart`), UNAVAILABLE stays 200, because clients read the data of a 200 only.
 */
export function withStatus(shown: GraphQLError, original: GraphQLError | undefined, inPart: boolean): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = shown;
  const code = extensions.code as ErrorCode;
  const http = (inPart && code === 'UNAVAILABLE' ? null : httpOf({ code, details: extensions })) ?? original?.extensions?.http;
  return http ? new GraphQLError(message, { nodes, source, positions, path, extensions: { ...extensions, http } }) : shown;
}

/** Returns the error that a resolver threw: GraphQL wraps it, and Yoga may wrap that. */
function unwrap(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}

/**
 * Returns GraphQL's message about a variable that does not coerce, without the value, which may be long and must not be logged; null for any other error.
 */
function variableAtFault({ message, originalError }: GraphQLError): string | null {
  const name = /^Variable "\$(\w+)" got invalid value /.exec(message)?.[1];
  if (name === undefined || !originalError) return null;
  const why = originalError.message;
  const path = / at "(\w[\w.[\]]*)"$/.exec(message.slice(0, -`; ${why}`.length))?.[1] ?? name;
  const shown = why.length > longestReason ? `${why.slice(0, longestReason)}…` : why;
  return `Variable "$${name}" got invalid value at "${path}"; ${shown}`;
}

/** Returns the argument or input field at fault, which `nameFields` found. */
function fieldOf({ extensions: { field } }: GraphQLError): { field?: string } {
  return typeof field === 'string' ? { field } : {};
}

/** Errors of GraphQL itself are about input: a document that does not parse or validate, or a variable that does not coerce. */
function codeOf({ extensions }: GraphQLError): ErrorCode {
  return errorCodes.find((code) => code === extensions.code) ?? 'BAD_USER_INPUT';
}

/** Status and headers of an HTTP answer to a request that the client may repeat. */
export const unavailable = { status: 503, headers: { 'Retry-After': String(retryAfterSeconds) } };

/** Returns the status and headers of an HTTP answer with this error; null if GraphQL over HTTP decides them. */
export function httpOf({
  code,
  details,
}: Pick<GatewayError, 'code' | 'details'>): { status: number; headers?: Record<string, string> } | null {
  switch (code) {
    case 'UNAUTHENTICATED':
      return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
    case 'RATE_LIMITED':
      return { status: 429, headers: { 'Retry-After': String(details.retryAfter ?? retryAfterSeconds) } };
    case 'UNAVAILABLE':
      return unavailable;
    default:
      return null;
  }
}

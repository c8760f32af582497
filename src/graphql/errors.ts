import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { DisconnectedError, type ErrorCode, errorCodes, ParleyError, retryAfterSeconds, UnavailableError } from '../errors.ts';

/** What a failed operation says, whichever surface asked: nothing of the inside. */
export interface GatewayError {
  code: ErrorCode;
  message: string;
  /** Goes out beside the code: `field` names the argument at fault, `requiredScopes` what the key lacks. */
  details: Readonly<Record<string, unknown>>;
}

/** The log of failures: a part of pino's logger. */
interface FailureLog {
  error(fields: { requestId: string; err: unknown }, message: string): void;
}

/** The log of one answer: a failure that many parts of it share, such as the lists of one statement, is logged once. */
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

/** Characters that a sentence of GraphQL's keeps: some quote the value again. */
const longestReason = 200;

/** Maps an error of any layer to one of ours; what is none of ours is masked, and logged under the request id. */
export function gatewayError(error: unknown, requestId: string, log: FailureLog): GatewayError {
  const known = mapped(error, requestId, log);
  // Beside the header: a stream or a socket has none.
  return known.code === 'UNAVAILABLE' ? { ...known, details: { retryAfter: retryAfterSeconds, ...known.details } } : known;
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
  const named = error instanceof GraphQLError ? fieldOf(error) : {};
  const message = error instanceof GraphQLError ? variableAtFault(error) : null;
  return { code, message: message ?? cause.message, details: { ...details, ...named } };
}

/** The same as a GraphQL error: `extensions` carry code, details and request id. */
export function presentedError(error: GraphQLError, requestId: string, log: FailureLog): GraphQLError {
  const { nodes, source, positions, path } = error;
  return shownError(gatewayError(error, requestId, log), requestId, { nodes, source, positions, path });
}

/** A refusal as clients read it. */
export function shownError({ code, message, details }: GatewayError, requestId: string, place: GraphQLErrorOptions = {}): GraphQLError {
  return new GraphQLError(message, { ...place, extensions: { code, ...details, requestId } });
}

/**
 * The same error with the status that HTTP answers with where it is not 200: that of its code, else the one that GraphQL or Yoga gave it. `inPart`: the answer
 * has other parts, and clients read the data of a 200 only.
 */
export function withStatus(shown: GraphQLError, given: GraphQLError | undefined, inPart: boolean): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = shown;
  const code = extensions.code as ErrorCode;
  const http = (inPart && code === 'UNAVAILABLE' ? null : httpOf({ code, details: extensions })) ?? given?.extensions?.http;
  return http ? new GraphQLError(message, { nodes, source, positions, path, extensions: { ...extensions, http } }) : shown;
}

/** GraphQL wraps what a resolver throws, and Yoga may wrap it again. */
function unwrap(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}

/**
 * GraphQL's own sentence about a variable that does not coerce, without the value, which may be long, and not for the logs that errors end in; null for any
 * other error.
 */
function variableAtFault({ message, originalError }: GraphQLError): string | null {
  const name = /^Variable "\$(\w+)" got invalid value /.exec(message)?.[1];
  if (name === undefined || !originalError) return null;
  const why = originalError.message;
  const path = / at "(\w[\w.[\]]*)"$/.exec(message.slice(0, -`; ${why}`.length))?.[1] ?? name;
  const shown = why.length > longestReason ? `${why.slice(0, longestReason)}…` : why;
  return `Variable "$${name}" got invalid value at "${path}"; ${shown}`;
}

/** The argument or input field that a value was given for: see name-fields.ts. */
function fieldOf({ extensions: { field } }: GraphQLError): { field?: string } {
  return typeof field === 'string' ? { field } : {};
}

/** GraphQL's own errors come of what the client sent: a document that does not parse or validate, a variable that does not coerce. */
function codeOf({ extensions }: GraphQLError): ErrorCode {
  return errorCodes.find((code) => code === extensions.code) ?? 'BAD_USER_INPUT';
}

/** Status and headers of an answer over HTTP whose request may be repeated. */
export const unavailable = { status: 503, headers: { 'Retry-After': String(retryAfterSeconds) } };

/** The status and headers of an answer over HTTP that has this error; null where GraphQL's own hold. */
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

import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { type ErrorCode, errorCodes, ParleyError, UnavailableError } from '../errors.ts';

/** What a failed operation says, whichever surface asked: nothing of the inside. */
export interface GatewayError {
  code: ErrorCode;
  message: string;
  /** Goes out beside the code: `field` names the argument at fault, `requiredScopes` what the key lacks. */
  details: Readonly<Record<string, unknown>>;
  /** The database did not answer: trying again later may do. */
  unavailable: boolean;
}

/** Characters that a sentence of GraphQL's keeps: some quote the value again. */
const longestReason = 200;

/** Maps an error of any layer to one of ours; what is none of ours is masked, and logged under the request id. */
export function gatewayError(error: unknown, requestId: string, log: Logger): GatewayError {
  const cause = unwrap(error);
  if (cause instanceof ParleyError || cause instanceof GraphQLError) return refusal(error, cause);
  if (cause instanceof UnavailableError) {
    log.error({ requestId, err: cause }, 'the database does not answer');
    return { code: 'INTERNAL', message: 'temporarily unavailable', details: {}, unavailable: true };
  }
  log.error({ requestId, err: cause }, 'unexpected error');
  return { code: 'INTERNAL', message: 'internal error', details: {}, unavailable: false };
}

function refusal(error: unknown, cause: ParleyError | GraphQLError): GatewayError {
  const { code, details } = cause instanceof ParleyError ? cause : { code: codeOf(cause), details: fieldOf(cause) };
  const variable = error instanceof GraphQLError ? variableAtFault(error) : null;
  if (variable === null) return { code, message: cause.message, details, unavailable: false };
  const { field, message } = variable;
  return { code, message, details: { ...details, field }, unavailable: false };
}

/** The same as a GraphQL error: `extensions` carry code and request id, and the status that HTTP answers with where it is not 200. */
export function presentedError(error: GraphQLError, requestId: string, log: Logger): GraphQLError {
  const { code, message, details, unavailable } = gatewayError(error, requestId, log);
  const status = unavailable ? 503 : code === 'UNAUTHENTICATED' ? 401 : httpStatusOf(error);
  const http = status === undefined ? {} : { http: { ...(error.extensions.http as object), status } };
  return new GraphQLError(message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    extensions: { code, ...details, requestId, ...http },
  });
}

/** GraphQL wraps what a resolver throws, and Yoga may wrap it again. */
function unwrap(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}

/**
 * A variable that does not coerce: where in it, as `input.messages[3].createdAt`, and GraphQL's own sentence without the value, which may be long, and not
 * for the logs that errors end in; null for any other error.
 */
function variableAtFault({ message, originalError }: GraphQLError): { field: string; message: string } | null {
  const name = /^Variable "\$(\w+)" (of required type|of non-null type|got invalid value) /.exec(message)?.[1];
  if (name === undefined) return null;
  if (!originalError) return { field: name, message };
  const why = originalError.message;
  const field = / at "(\w[\w.[\]]*)"$/.exec(message.slice(0, -`; ${why}`.length))?.[1] ?? name;
  const shown = why.length > longestReason ? `${why.slice(0, longestReason)}…` : why;
  return { field, message: `Variable "$${name}" got invalid value at "${field}"; ${shown}` };
}

/** Which argument or input field a value of the document was given for: see name-fields.ts. */
function fieldOf({ extensions: { field } }: GraphQLError): { field?: string } {
  return typeof field === 'string' ? { field } : {};
}

/** GraphQL's own errors come of what the client sent: a document that does not parse or validate, a variable that does not coerce. */
function codeOf({ extensions }: GraphQLError): ErrorCode {
  return errorCodes.find((code) => code === extensions.code) ?? 'BAD_USER_INPUT';
}

function httpStatusOf({ extensions }: GraphQLError): number | undefined {
  return (extensions.http as { status?: number } | undefined)?.status;
}

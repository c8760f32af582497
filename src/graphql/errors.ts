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

/** Maps an error of any layer to one of ours; what is none of ours is masked, and logged under the request id. */
export function gatewayError(error: unknown, requestId: string, log: Logger): GatewayError {
  const cause = unwrap(error);
  if (cause instanceof ParleyError)
    return { code: cause.code, message: sentence(error, cause), details: cause.details, unavailable: false };
  if (cause instanceof UnavailableError) {
    log.error({ requestId, err: cause }, 'the database does not answer');
    return { code: 'INTERNAL', message: 'temporarily unavailable', details: {}, unavailable: true };
  }
  if (cause instanceof GraphQLError) return { code: codeOf(cause), message: sentence(error, cause), details: {}, unavailable: false };
  log.error({ requestId, err: cause }, 'unexpected error');
  return { code: 'INTERNAL', message: 'internal error', details: {}, unavailable: false };
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

/** Of a variable that its type refused, GraphQL's own sentence names the variable. */
function sentence(error: unknown, cause: Error): string {
  return error instanceof GraphQLError && error.message.startsWith('Variable "$') ? error.message : cause.message;
}

/** GraphQL's own errors come of what the client sent: a document that does not parse or validate, a variable that does not coerce. */
function codeOf({ extensions }: GraphQLError): ErrorCode {
  return errorCodes.find((code) => code === extensions.code) ?? 'BAD_USER_INPUT';
}

function httpStatusOf({ extensions }: GraphQLError): number | undefined {
  return (extensions.http as { status?: number } | undefined)?.status;
}

// The only way from a contract to the data: a typed document runs through the schema that /graphql serves.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Visit } from '../../../auth/visit.ts';
import type { ErrorCode } from '../../../errors.ts';
import type { Source } from '../mapping/expression.ts';
import { Refused, rateLimited } from '../refusal.ts';

/** An error of an operation: `details.field` names the argument at fault, `details.retryAfter` the seconds to wait. */
export interface GatewayError {
  code: ErrorCode;
  message: string;
  details: Readonly<Record<string, unknown>>;
}

interface Caller {
  viewer: Viewer;
  requestId: string;
  /** Its key pays for the operation. */
  visit: Pick<Visit, 'spend' | 'headers' | 'record'>;
  /** The operation ends when its client disconnects. */
  request: Request;
}

/** Runs a document with the context and the checks of /graphql. Its errors are already mapped, masked and logged. */
export type Execute = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  caller: Caller,
) => Promise<{ data: Data | null; errors: readonly GatewayError[] }>;

/** Runs a document for one caller. A result with an error is refused whole. @throws Refused */
export type Run = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Data>;

/** GraphQL argument → the parameter that it comes from. */
type Sources = ReadonlyMap<string, Source>;

export function runFor(execute: Execute, caller: Caller, sources: Sources): Run {
  return async (document, variables) => {
    const { data, errors } = await execute(document, withoutUndefined(variables), caller);
    const [error] = errors;
    if (error !== undefined) throw refused(error, sources);
    if (data === null) throw new Error('a document returned neither data nor errors');
    return data;
  };
}

/** Leaves out variables that are undefined, as JSON does: GraphQL would read them as null. */
function withoutUndefined<Variables extends Record<string, unknown>>(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined)) as Variables;
}

function refused({ code, message, details }: GatewayError, sources: Sources): Error {
  switch (code) {
    case 'UNAUTHENTICATED':
      return new Refused({ reason: 'unauthenticated' });
    case 'FORBIDDEN':
      return new Refused({ reason: 'forbidden' });
    case 'NOT_FOUND':
      return new Refused({ reason: 'notFound' });
    case 'BAD_USER_INPUT': {
      const source = sources.get(String(details.field));
      const problems = source === undefined ? {} : { [source.name]: String(details.reason) };
      return new Refused({ reason: 'malformed', part: source?.part ?? 'query', problems });
    }
    case 'RATE_LIMITED':
      return new Refused(rateLimited(details));
    case 'UNAVAILABLE':
      return new Refused({ reason: 'unavailable' });
    case 'INTERNAL':
      return new Refused({ reason: 'internal' });
    case 'GRAPHQL_PARSE_FAILED':
    case 'GRAPHQL_VALIDATION_FAILED':
    case 'QUERY_TOO_COMPLEX': {
      const size = sources.get('first');
      if (size === undefined) return refusedOurs(code, message);
      const problems = { [size.name]: 'must be smaller: so many items are too large for one page' };
      return new Refused({ reason: 'malformed', part: size.part, problems });
    }
    case 'CONFLICT':
      // The operator has not turned webhooks on: the message says how.
      if (details.reason === 'NO_ENCRYPTION_KEY') return new Refused({ reason: 'notFound', because: message });
      return refusedOurs(code, message);
  }
}

/** Returns a failure of the gateway: no request can cause such an error in the gateway's own documents. */
function refusedOurs(code: ErrorCode, message: string): Error {
  return new Error(`a document of the gateway was refused: ${code}: ${message}`);
}

// The one bridge to the data: a contract asks for a typed document, and it runs through the schema that /graphql serves.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Viewer } from '../../auth/viewer.ts';
import type { Visit } from '../../auth/visit.ts';
import type { ErrorCode } from '../../errors.ts';
import { Refused, rateLimited } from './refusal.ts';

/** What a failed operation says: `details.field` names the argument at fault, `details.retryAfter` the seconds to wait. */
export interface GatewayError {
  code: ErrorCode;
  message: string;
  details: Readonly<Record<string, unknown>>;
}

interface Caller {
  viewer: Viewer;
  requestId: string;
  /** Pays for the operation. */
  visit: Visit;
  /** The operation ends when its client disconnects. */
  request: Request;
}

/** Runs a document with the context and the checks of /graphql; errors are mapped, masked and logged already. */
export type Execute = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  caller: Caller,
) => Promise<{ data: Data | null; errors: readonly GatewayError[] }>;

/** The same for one caller, whole or not at all. @throws Refused */
export type Run = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Data>;

/** What of a request the variables were made from: GraphQL argument → parameter or key, and which keys are the body's. */
interface Blamed {
  fields: Readonly<Record<string, string>>;
  body: { shape: object } | null;
}

export function runFor(execute: Execute, caller: Caller, input: Blamed): Run {
  return async (document, variables) => {
    const { data, errors } = await execute(document, withoutUndefined(variables), caller);
    const [error] = errors;
    if (error !== undefined) throw refused(error, input);
    if (data === null) throw new Error('a document gave neither data nor errors');
    return data;
  };
}

/** GraphQL would read a variable that is undefined as null. In JSON it would be absent, as it is meant. */
function withoutUndefined<Variables extends Record<string, unknown>>(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined)) as Variables;
}

function refused({ code, message, details }: GatewayError, { fields, body }: Blamed): Error {
  switch (code) {
    case 'UNAUTHENTICATED':
      return new Refused({ reason: 'unauthenticated' });
    case 'FORBIDDEN':
      return new Refused({ reason: 'forbidden' });
    case 'NOT_FOUND':
      return new Refused({ reason: 'notFound' });
    case 'BAD_USER_INPUT': {
      const parameter = fields[String(details.field)];
      const problems = parameter === undefined ? {} : { [parameter]: String(details.reason) };
      const part = parameter !== undefined && body !== null && parameter in body.shape ? 'body' : 'query';
      return new Refused({ reason: 'malformed', part, problems });
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
      const size = fields.first;
      if (size === undefined) return refusedOurs(code, message);
      return new Refused({
        reason: 'malformed',
        part: 'query',
        problems: { [size]: 'must be smaller: so many items are too large for one page' },
      });
    }
    case 'CONFLICT':
      return refusedOurs(code, message);
  }
}

function refusedOurs(code: ErrorCode, message: string): Error {
  return new Error(`a document of our own was refused: ${code}: ${message}`);
}

import { GraphQLError } from 'graphql';
import { ParleyError } from '../../errors.ts';

/** Returns the refusal of an operation before it runs: status 400 if the client accepts the media type of GraphQL over HTTP. */
export function tooComplex(message: string, details: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, {
    originalError: new ParleyError('QUERY_TOO_COMPLEX', message, details),
    extensions: { http: { spec: true, status: 400 } },
  });
}

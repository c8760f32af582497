import { GraphQLError } from 'graphql';
import { ParleyError } from '../../errors.ts';

/** An operation that is refused before it runs: status 400 where the client reads the media type of GraphQL over HTTP. */
export function tooComplex(message: string, details: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, {
    originalError: new ParleyError('QUERY_TOO_COMPLEX', message, details),
    extensions: { http: { spec: true, status: 400 } },
  });
}

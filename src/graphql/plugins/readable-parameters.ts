import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Parameters that are no JSON are the client's error, and no request of GraphQL over HTTP: 400 whichever media type the client reads. Parameters that GraphQL
 * over HTTP does not know are ignored: clients send notes of their own, and Yoga would refuse them.
 */
export function readableParameters(): Plugin {
  return {
    onParams({ params, setParams }) {
      // A batch or a text is no operation: Yoga says so next.
      if (typeof params !== 'object' || params === null || Array.isArray(params)) return;
      const { query, operationName, variables, extensions } = params;
      setParams({ query, operationName, variables, extensions });
    },
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (!requestParser) return;
      const refusal = request.method === 'GET' ? 'variables and extensions must be JSON' : 'the body must be JSON';
      setRequestParser(async (asked) => {
        try {
          return await requestParser(asked);
        } catch (error) {
          throw isUnreadable(error) ? new GraphQLError(refusal, { extensions: { http: { status: 400 } } }) : error;
        }
      });
    },
  };
}

/** Of a GET Yoga throws what JSON does; of a POST its own error, with a status that only the newer media type gets. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof GraphQLError && (error.extensions.http as { spec?: boolean } | undefined)?.spec === true)
  );
}

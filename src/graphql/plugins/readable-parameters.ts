import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Answers 400 to parameters that are not JSON, whatever media type the client accepts, and ignores unknown parameters, which clients add and Yoga would refuse.
 */
export function readableParameters(): Plugin {
  return {
    onParams({ params, setParams }) {
      // Yoga refuses a batch or a text next.
      if (typeof params !== 'object' || params === null || Array.isArray(params)) return;
      const { query, operationName, variables, extensions } = params;
      setParams({ query, operationName, variables, extensions });
    },
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (!requestParser) return;
      const refusal = request.method === 'GET' ? 'variables and extensions must be JSON' : 'the body must be JSON';
      setRequestParser(async (unread) => {
        try {
          return await requestParser(unread);
        } catch (error) {
          throw isUnreadable(error) ? new GraphQLError(refusal, { extensions: { http: { status: 400 } } }) : error;
        }
      });
    },
  };
}

/** Returns true for Yoga's errors about JSON: that of `JSON.parse` for GET, and its own for POST, whose status only the newer media type gets. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof GraphQLError && (error.extensions.http as { spec?: boolean } | undefined)?.spec === true)
  );
}

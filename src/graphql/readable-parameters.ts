import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** A GET whose `variables` or `extensions` are no JSON is the client's error: Yoga's parser throws what JSON does. */
export function readableParameters(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method !== 'GET' || !requestParser) return;
      setRequestParser((asked) => {
        try {
          return requestParser(asked);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          throw new GraphQLError('variables and extensions must be JSON', { extensions: { http: { status: 400 } } });
        }
      });
    },
  };
}

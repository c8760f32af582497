import { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { ParleyError } from '../errors.ts';

/** Who accepts no type that an answer is made in is told which to send: Yoga's own 406 has no body, and would leave a stream open. */
export function notAcceptable(): Plugin {
  return {
    onResultProcess({ result, setResult, resultProcessor, setResultProcessor }) {
      if (resultProcessor !== undefined) return;
      const streamed = isAsyncIterable(result);
      // Nobody will read it.
      if (streamed) void result[Symbol.asyncIterator]().return?.();
      const types = streamed ? 'text/event-stream for a subscription' : 'application/graphql-response+json or application/json';
      setResult({ errors: [new GraphQLError('', { originalError: new ParleyError('BAD_USER_INPUT', `send Accept: ${types}`) })] });
      setResultProcessor((refused, { Response }) => Response.json(refused, { status: 406 }), 'application/json');
    },
  };
}

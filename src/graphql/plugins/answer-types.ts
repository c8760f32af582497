import { GraphQLError } from 'graphql';
import { getSSEProcessor, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { ParleyError } from '../../errors.ts';
import { acceptsEvents, prefersEvents } from '../accept-events.ts';

const responseJson = 'application/graphql-response+json';
const streamAdvice =
  'a subscription is answered as a stream: send Accept: text/event-stream, or subscribe over WebSocket (graphql-transport-ws)';

/**
 * Chooses between events and JSON by `Accept`. If a client accepts neither, or sends a subscription and does not name events, the answer tells it which type
 * to send: Yoga's own 406 has no body and leaves the stream open.
 */
export function answerTypes(): Plugin {
  const asEvents = getSSEProcessor();
  return {
    onResultProcess({ request, result, setResult, resultProcessor, setResultProcessor }) {
      const accept = request.headers.get('accept');
      if (prefersEvents(accept)) return setResultProcessor(asEvents, 'text/event-stream');
      const streamed = isAsyncIterable(result);
      if (streamed ? acceptsEvents(accept) : resultProcessor !== undefined) return;
      // The stream has no reader.
      if (streamed) void result[Symbol.asyncIterator]().return?.();
      const advice = streamed ? streamAdvice : `send Accept: ${responseJson} or application/json`;
      setResult({ errors: [new GraphQLError('', { originalError: new ParleyError('BAD_USER_INPUT', advice) })] });
      // Clients that accept this type read errors with any status.
      const type = accept?.includes(responseJson) ? responseJson : 'application/json';
      setResultProcessor(
        (refused, { Response }) => new Response(JSON.stringify(refused), { status: 406, headers: { 'content-type': type } }),
        type,
      );
    },
  };
}

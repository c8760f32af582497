import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context } from './context.ts';
import { presentedError } from './errors.ts';

/** Every error that leaves over HTTP, of parsing, validating, coercing or resolving, passes here; of a stream, those of each event. */
export function presentErrors(log: Logger): Plugin<Context, { requestId: string }> {
  return {
    onResultProcess({ result, setResult, serverContext: { requestId } }) {
      if (Array.isArray(result)) return;
      if (isAsyncIterable(result)) setResult(mapAsyncIterator(result, (each) => whole(presented(each, requestId, log))));
      else setResult(presented(result, requestId, log));
    },
  };
}

function presented<Result extends ExecutionResult>(result: Result, requestId: string, log: Logger): Result {
  if (!result.errors) return result;
  const errors = result.errors.map((error) =>
    presentedError(error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error }), requestId, log),
  );
  return { ...result, errors };
}

/** An event that the database was not there for gives no cursor, so that who goes on from the last one gets it then. */
function whole<Result extends ExecutionResult>(result: Result): Result {
  const lost = result.errors?.some(({ extensions }) => (extensions.http as { status?: number } | undefined)?.status === 503);
  return lost ? { ...result, data: null } : result;
}

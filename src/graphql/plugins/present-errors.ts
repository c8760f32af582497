import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { RequestRecord } from '../../log/request-record.ts';
import { prefersEvents } from '../accept-events.ts';
import type { Caller, Context } from '../context.ts';
import { eachOnce, presentedError, withStatus } from '../errors.ts';
import { WrittenData } from '../execution/compiled/written.ts';

/** The result of an operation: one answer, or one for each event. */
export type Results = ExecutionResult | AsyncIterable<ExecutionResult>;

/** Maps every error of an answer over HTTP, and of each event of a stream, to one for clients. */
export function presentErrors(log: Logger): Plugin<Context, Caller> {
  return {
    onResultProcess({ request, result, setResult, serverContext: { visit } }) {
      if (Array.isArray(result)) return;
      if (isAsyncIterable(result)) return setResult(presentedEvents(result, visit.record, log));
      const shown = presented(result, visit.record, log);
      // A stream is always 200.
      setResult(prefersEvents(request.headers.get('accept')) ? shown : withStatuses(result, shown));
    },
  };
}

/** Maps the errors of results to errors for clients. */
export function presentedResults(results: Results, record: RequestRecord, log: Logger): Results {
  return isAsyncIterable(results) ? presentedEvents(results, record, log) : presented(results, record, log);
}

function presentedEvents(events: AsyncIterable<ExecutionResult>, record: RequestRecord, log: Logger): AsyncIterable<ExecutionResult> {
  return mapAsyncIterator(events, (each) => whole(presented(each, record, log)));
}

/** Maps the errors of one result, and notes the first one's code. */
function presented<Result extends ExecutionResult>(result: Result, record: RequestRecord, log: Logger): Result {
  if (!result.errors) return result;
  const once = eachOnce(log);
  const errors = result.errors.map((error) =>
    presentedError(error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error }), record.requestId, once),
  );
  const [first] = errors;
  if (first !== undefined) record.failed(String(first.extensions.code));
  return { ...result, errors };
}

function withStatuses<Result extends ExecutionResult>(result: Result, shown: Result): Result {
  if (!shown.errors) return shown;
  const { data } = shown;
  const inPart = data instanceof WrittenData ? data.inPart : Object.values(data ?? {}).some((value) => value !== null);
  return { ...shown, errors: shown.errors.map((error, index) => withStatus(error, result.errors?.[index], inPart)) };
}

/** Removes the data of an event that the database could not answer: without its cursor, a client that reconnects receives the event again. */
function whole<Result extends ExecutionResult>(result: Result): Result {
  const lost = result.errors?.some(({ extensions }) => extensions.code === 'UNAVAILABLE');
  return lost ? { ...result, data: null } : result;
}

import { OperatorError } from '../../errors.ts';

/** A request that failed for good. The position does not pass it, and the next run repeats it. `status`: null without an answer. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** Every later request would fail too: the token is refused, or the URL is that of another API. */
export class SourceError extends OperatorError {
  override name = 'SourceError';
}

/** The host did not answer the first request. */
export class UnreachableError extends OperatorError {
  override name = 'UnreachableError';
}

/** A part of the source that could not be copied. */
export interface Hole {
  /** Null: a page of the list of conversations. */
  conversation: string | null;
  /** Null: a page of messages, or the conversation. */
  message: string | null;
  reason: string;
}

/** True if the API refused the place at which to read on, such as a cursor that it no longer knows. */
export function isRefusedPlace(error: unknown, place: string | null): error is RequestError {
  return place !== null && error instanceof RequestError && [400, 410, 422].includes(error.status ?? 0);
}

/** Returns a function that passes on the place of the next page, and throws a RequestError at a second time: an API that repeats a place would be read for ever. */
export function onlyNewPlaces(): <Place extends string | null>(next: Place) => Place {
  const known = new Set<string>();
  return (next) => {
    if (next === null) return next;
    if (known.has(next)) throw new RequestError('the pages repeat: the same place follows twice', null);
    known.add(next);
    return next;
  };
}

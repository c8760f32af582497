import { GraphQLError, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import { tooComplex } from '../errors.ts';
import { maxFailedParts } from '../limits.ts';
import { portion, Turns } from './event-loop-turns.ts';

/** Approximate bytes of an error without its path. */
const errorBytes = 200;

/** Ends the whole operation, even below fields that may be null. It has a path already, so that it gets no other. */
export const endOfAnswer = new GraphQLError('the answer is too large', { path: [] });

/** Counts the JSON bytes of one answer while it is built. At the limit the operation ends, and no further object is resolved. */
export class AnswerSize {
  readonly turns = new Turns();
  readonly #limit: number;
  #bytes = 0;
  #errors = 0;
  /** The error of the part with which too many parts have failed. */
  #failure: GraphQLError | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get exceeded(): boolean {
    return this.#bytes > this.#limit || this.#failure !== null;
  }

  /** The refusal of an answer that is too large, or that failed in too many parts. */
  get refusal(): GraphQLError {
    if (this.#failure !== null) return this.#failure;
    return tooComplex(`the answer has more than ${this.#limit.toLocaleString('en')} bytes: request smaller pages or fewer fields`, {
      limit: this.#limit,
    });
  }

  /** Begins the next answer of the same operation, for the next event of a subscription. */
  restart(): void {
    this.#bytes = 0;
    this.#errors = 0;
    this.#failure = null;
  }

  count(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Called before each object. @throws endOfAnswer at the limit */
  proceed(): void {
    if (this.exceeded) throw endOfAnswer;
  }

  /** Counts an error of a field. Errors cost far more than values, so above a limit of failed parts the whole answer fails. */
  error(path: GraphQLResolveInfo['path'], error: unknown): void {
    this.#bytes += errorBytes;
    this.#errors += 1;
    if (this.#errors > maxFailedParts && !this.exceeded) {
      const originalError = error instanceof Error ? error : new Error(String(error));
      this.#failure = new GraphQLError(originalError.message, { path: responsePathAsArray(path), originalError });
    }
    for (let step: GraphQLResolveInfo['path'] | undefined = path; step !== undefined; step = step.prev)
      this.#bytes += String(step.key).length + 3;
  }

  /** Divides the objects of a list into portions. @returns those that fit into this turn of the event loop, and promises of the others in later turns */
  inTurns(items: readonly unknown[], fields: number): readonly unknown[] {
    const size = Math.max(1, Math.floor(portion / fields));
    const spread: unknown[] = [];
    for (let begin = 0; begin < items.length; begin += size) {
      const part = items.slice(begin, begin + size);
      const turn = this.turns.take(part.length * fields);
      for (const item of part) spread.push(turn === null ? item : turn.then(() => item));
    }
    return spread;
  }
}

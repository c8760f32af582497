/** Parameter → what it must be; the empty name is the whole part. */
export type Problems = Readonly<Record<string, string>>;

/** Where in a request something stands. */
export type Part = 'path' | 'query' | 'body';

/** Why a request is not answered, in no contract's words; each contract has its own for every one. */
export type Refusal =
  | { reason: 'unauthenticated' | 'forbidden' | 'notFound' | 'tooLarge' | 'internal' | 'unavailable' }
  /** What the client sent breaks the rules of this part. */
  | { reason: 'malformed'; part: Part; problems: Problems }
  | { reason: 'methodNotAllowed'; allow: readonly string[] }
  /** `retryAfter`: whole seconds, at least 1. */
  | { reason: 'rateLimited'; retryAfter: number };

export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

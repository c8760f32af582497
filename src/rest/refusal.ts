/** Parameter → what it must be. */
export type Problems = Readonly<Record<string, string>>;

/** Why a request is not answered, in no contract's words; each contract has its own for every one. */
export type Refusal =
  | { reason: 'unauthenticated' | 'forbidden' | 'notFound' | 'internal' | 'unavailable' }
  /** What the client sent breaks the rules of the path's or the query's parameters. */
  | { reason: 'malformed'; part: 'path' | 'query'; problems: Problems }
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

/** Parameter → what it must be; the empty name is the whole part. */
export type Problems = Readonly<Record<string, string>>;

/** Where in a request something stands. */
export type Part = 'path' | 'query' | 'body';

/** Why a request is not answered, in no contract's words; each contract has its own for every one. */
export type Refusal =
  | { reason: 'unauthenticated' | 'forbidden' | 'tooLarge' | 'internal' | 'unavailable' }
  /** The request names a host that is not served here. */
  | { reason: 'misdirected' }
  /** `because`: the contract's own message, for a path of its documents that this gateway does not serve. */
  | { reason: 'notFound'; because?: string }
  /** What the client sent breaks the rules of this part. */
  | { reason: 'malformed'; part: Part; problems: Problems }
  | { reason: 'methodNotAllowed'; allow: readonly string[] }
  /** `retryAfter`: whole seconds, at least 1. */
  | { reason: 'rateLimited'; retryAfter: number };

/** `details.retryAfter` of an error that is RATE_LIMITED, as contracts say it. */
export function rateLimited({ retryAfter }: Readonly<Record<string, unknown>>): Refusal {
  return { reason: 'rateLimited', retryAfter: Math.max(1, Math.ceil(Number(retryAfter) || 1)) };
}

export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

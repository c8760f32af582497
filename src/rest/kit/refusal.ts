/** Parameter → the rule that it breaks, as `must be …`; the empty name is the whole part. */
export type Problems = Readonly<Record<string, string>>;

/** A part of a request that has parameters. */
export type Part = 'path' | 'query' | 'body';

/** The reason why a request is refused. Each contract writes it in its own words. */
export type Refusal =
  | { reason: 'unauthenticated' | 'forbidden' | 'tooLarge' | 'internal' | 'unavailable' }
  /** The request names a host that is not served here. */
  | { reason: 'misdirected' }
  /** `because`: the contract's own message, for a path of its documents that this gateway does not serve. */
  | { reason: 'notFound'; because?: string }
  /** The client's input breaks the rules of this part. */
  | { reason: 'malformed'; part: Part; problems: Problems }
  | { reason: 'methodNotAllowed'; allow: readonly string[] }
  /** `retryAfter`: whole seconds, at least 1. */
  | { reason: 'rateLimited'; retryAfter: number };

/** Returns the refusal for the details of a RATE_LIMITED error. */
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

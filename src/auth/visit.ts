import { ParleyError } from '../errors.ts';
import { newRequestId } from '../http/request-id.ts';
import { RequestRecord, type RequestTrace } from '../log/request-record.ts';
import type { Authenticate } from './authenticate.ts';
import type { Budget, Budgets } from './budgets.ts';
import type { RefusedKeys } from './refused-keys.ts';
import type { Viewer } from './viewer.ts';

export interface Gate {
  authenticate: Authenticate;
  budgets: Pick<Budgets, 'spend'>;
  refusedKeys: Pick<RefusedKeys, 'count'>;
  /** Begins the trace of a request, from its header `traceparent`; null if requests are not traced. */
  beginTrace: ((traceparent: string | null) => RequestTrace) | null;
}

interface Source {
  requestId: string;
  /** The Authorization header. */
  authorization: string | null;
  /** The client's address; null if the request came over no connection. */
  address: string | null;
  traceparent: string | null;
}

/** One request: its key, and the points that it spends of the key's budget. */
export class Visit {
  /** The request's line in the log. */
  readonly record: RequestRecord;
  readonly #gate: Gate;
  readonly #source: Source;
  #authenticated: Promise<Viewer | null> | null = null;
  #viewer: Viewer | null = null;
  #budget: Budget | null = null;

  constructor(gate: Gate, source: Source) {
    this.#gate = gate;
    this.#source = source;
    this.record = new RequestRecord(source.requestId, gate.beginTrace?.(source.traceparent) ?? null);
  }

  get requestId(): string {
    return this.record.requestId;
  }

  /** Returns the viewer of the request's key, looked up once; null without a valid key. @throws RATE_LIMITED if its client sent too many unknown keys */
  authenticate(): Promise<Viewer | null> {
    this.#authenticated ??= this.#lookUp();
    return this.#authenticated;
  }

  async #lookUp(): Promise<Viewer | null> {
    const { authorization, address } = this.#source;
    try {
      this.#viewer = await this.#gate.authenticate(authorization, address);
      this.record.organizationId = this.#viewer?.organizationId ?? null;
      this.record.keyId = this.#viewer?.keyId ?? null;
    } catch (error) {
      if (error instanceof ParleyError) this.#gate.refusedKeys.count(this.requestId);
      throw error;
    }
    // A request without a key is not counted.
    if (this.#viewer === null && authorization !== null) this.#gate.refusedKeys.count(this.requestId);
    return this.#viewer;
  }

  /** Returns a visit for another request of the same client, such as the next operation over a socket. */
  another(authorization: string | null): Visit {
    return new Visit(this.#gate, { ...this.#source, requestId: newRequestId(), authorization });
  }

  /** Spends the cost of an operation, at least 1. Without a key, or with an unlimited budget, it does nothing. @throws RATE_LIMITED */
  async spend(cost: number): Promise<void> {
    if (this.#viewer === null) return;
    this.#budget = await this.#gate.budgets.spend(this.#viewer, Math.max(1, cost));
    if (this.#budget?.exceeded) throw spent(this.#budget);
  }

  /** Returns the headers that show the budget; none without a budget. A request that ran no operation, such as a malformed one, spends 1. */
  async headers(): Promise<Readonly<Record<string, string>>> {
    if (this.#budget === null) await this.spend(1).catch(() => {});
    if (this.#budget === null) return {};
    const { limit, remaining, resetSeconds } = this.#budget;
    return { 'RateLimit-Limit': String(limit), 'RateLimit-Remaining': String(remaining), 'RateLimit-Reset': String(resetSeconds) };
  }
}

function spent({ limit, resetSeconds }: Budget): ParleyError {
  const budget = limit.toLocaleString('en');
  return new ParleyError('RATE_LIMITED', `this API key has spent its budget of ${budget} a minute: try again in ${resetSeconds} seconds`, {
    retryAfter: resetSeconds,
  });
}

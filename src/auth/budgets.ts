import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import type { SharedBudgets } from './shared-budgets.ts';
import type { Viewer } from './viewer.ts';

/** A key's minute begins with its first operation. */
const windowSeconds = 60;

/** The state of a key's budget in the current minute. */
export interface Budget {
  limit: number;
  remaining: number;
  /** Whole seconds until the minute ends, at least 1. */
  resetSeconds: number;
  /** True if no points were left when the last operation arrived. */
  exceeded: boolean;
}

/** Counts the points that keys spend in a minute: in memory, or shared with other gateways in Redis. */
export class Budgets {
  // The limiter only counts. Budgets differ by key, so `spend` compares.
  readonly #memory = new RateLimiterMemory({ points: 1, duration: windowSeconds });
  readonly #shared: SharedBudgets | null;
  readonly #default: number;

  private constructor(whenUnset: number, shared: SharedBudgets | null) {
    this.#default = whenUnset;
    this.#shared = shared;
  }

  /** Loads the client of Redis only if budgets are shared. */
  static async open({ budgetPerMinute, redisUrl }: Pick<Config, 'budgetPerMinute' | 'redisUrl'>, log: Logger): Promise<Budgets> {
    if (redisUrl === null) return new Budgets(budgetPerMinute, null);
    const { SharedBudgets } = await import('./shared-budgets.ts');
    return new Budgets(budgetPerMinute, new SharedBudgets(redisUrl, windowSeconds, log));
  }

  /**
   * Spends points of a key's budget. An operation is allowed while any points are left, whatever it costs. So an operation that costs more than the whole budget runs once a minute.
   * @returns null for an unlimited budget
   */
  async spend({ keyId, budgetPerMinute }: Viewer, points: number): Promise<Budget | null> {
    if (budgetPerMinute === 0) return null;
    const limit = budgetPerMinute ?? this.#default;
    const counted = (await this.#shared?.add(keyId, points)) ?? (await this.#memory.penalty(keyId, points));
    const before = counted.consumedPoints - points;
    return {
      limit,
      remaining: Math.max(0, limit - counted.consumedPoints),
      resetSeconds: Math.max(1, Math.ceil(counted.msBeforeNext / 1_000)),
      exceeded: before >= limit,
    };
  }

  close(): void {
    this.#shared?.close();
  }
}

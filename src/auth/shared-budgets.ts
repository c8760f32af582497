import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';

/** The time that a request waits for Redis: one on the same network answers in a fraction of it. */
const commandMs = 250;
const connectMs = 1_000;
const longestPauseMs = 2_000;

/** Counts in Redis, as long as it answers. It is connected in the background, so that nothing waits for one that is away. */
export class SharedBudgets {
  readonly #redis: Redis;
  readonly #limiter: RateLimiterRedis;
  readonly #log: Logger;
  #state: 'away' | 'ready' | 'closed' = 'away';
  /** The log says that Redis is away. */
  #saidAway = false;

  constructor(url: string, windowSeconds: number, log: Logger) {
    this.#log = log;
    this.#redis = new Redis(url, {
      connectTimeout: connectMs,
      commandTimeout: commandMs,
      disconnectTimeout: commandMs,
      // A command is sent at once or not at all: who waits for a connection would wait for more than its own.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(times * 100, longestPauseMs),
    });
    this.#redis.on('ready', () => {
      if (this.#state === 'away') this.#state = 'ready';
    });
    this.#redis.on('error', (error: Error) => this.#lost(error));
    this.#redis.on('close', () => this.#lost(null));
    this.#limiter = new RateLimiterRedis({ storeClient: this.#redis, keyPrefix: 'parley:budget', points: 1, duration: windowSeconds });
  }

  /** Adds to what a key spent. @returns the sum; null if Redis is away */
  async add(keyId: string, points: number): Promise<RateLimiterRes | null> {
    if (this.#state !== 'ready') return null;
    try {
      const counted = await this.#limiter.penalty(keyId, points);
      this.#answered();
      return counted;
    } catch (error) {
      // Requests do not wait for the same silence until the connection is made anew, once for all that it failed.
      if (this.#state === 'ready') this.#redis.disconnect(true);
      this.#lost(error);
      return null;
    }
  }

  close(): void {
    this.#state = 'closed';
    this.#redis.disconnect();
  }

  #answered(): void {
    if (!this.#saidAway) return;
    this.#saidAway = false;
    this.#log.info('Redis answers: budgets are shared between gateways');
  }

  #lost(error: unknown): void {
    if (this.#state === 'closed') return;
    this.#state = 'away';
    if (this.#saidAway) return;
    this.#saidAway = true;
    // Of the error only its message: its fields may hold the command.
    this.#log.warn(
      { reason: error instanceof Error ? error.message : 'the connection was closed' },
      'Redis is away: budgets are counted in memory until it answers',
    );
  }
}

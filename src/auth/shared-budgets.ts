import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';

/** The time that a request waits for Redis. On the same network an answer takes a fraction of it. */
const commandMs = 250;
const connectMs = 1_000;
const longestPauseMs = 2_000;

/** Counts points in Redis while it answers. It connects in the background, so that no request waits for an unreachable Redis. */
export class SharedBudgets {
  readonly #redis: Redis;
  readonly #limiter: RateLimiterRedis;
  readonly #log: Logger;
  #state: 'disconnected' | 'ready' | 'closed' = 'disconnected';
  /** True once the log says that Redis does not answer. */
  #loggedDisconnect = false;

  constructor(url: string, windowSeconds: number, log: Logger) {
    this.#log = log;
    this.#redis = new Redis(url, {
      connectTimeout: connectMs,
      commandTimeout: commandMs,
      disconnectTimeout: commandMs,
      // A command is sent at once or not at all, so that no request waits for a connection.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(times * 100, longestPauseMs),
    });
    this.#redis.on('ready', () => {
      if (this.#state === 'disconnected') this.#state = 'ready';
    });
    this.#redis.on('error', (error: Error) => this.#lost(error));
    this.#redis.on('close', () => this.#lost(null));
    this.#limiter = new RateLimiterRedis({ storeClient: this.#redis, keyPrefix: 'parley:budget', points: 1, duration: windowSeconds });
  }

  /** Adds to the points that a key spent. @returns the sum; null if Redis does not answer */
  async add(keyId: string, points: number): Promise<RateLimiterRes | null> {
    if (this.#state !== 'ready') return null;
    try {
      const counted = await this.#limiter.penalty(keyId, points);
      this.#answered();
      return counted;
    } catch (error) {
      // Connects again, once for all failed commands. Until then requests do not wait for Redis.
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
    if (!this.#loggedDisconnect) return;
    this.#loggedDisconnect = false;
    this.#log.info('Redis answers: budgets are shared between gateways');
  }

  #lost(error: unknown): void {
    if (this.#state === 'closed') return;
    this.#state = 'disconnected';
    if (this.#loggedDisconnect) return;
    this.#loggedDisconnect = true;
    // Only the message, because the error's other fields may hold the command.
    this.#log.warn(
      { reason: error instanceof Error ? error.message : 'the connection was closed' },
      'Redis does not answer: budgets are counted in memory until it does',
    );
  }
}

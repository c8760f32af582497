import type { Logger } from 'pino';
import type { Queryable } from '../../../database/database.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import { type FeedRead, readEnd, readFeeds } from '../../event/store/read-feeds.ts';
import { Feed, feedPage, type OpenStream } from './feed.ts';
import type { LiveLoaders } from './loaders.ts';

/** All feeds are read this often, so that a lost notification delays events and loses none. */
const pollMs = 5_000;
/** The delays before events that wait for older transactions are read: doubled each time, from the first to the last. */
const firstDelayMs = 20;
const lastDelayMs = 1_000;
/** The pause after a failed read. */
const errorDelayMs = 1_000;

/** Kinds of events after which rows that were loaded before must not be shown with any event. */
const invalidating: ReadonlySet<EventKind> = new Set([
  'MESSAGE_UPDATED',
  'MESSAGE_DELETED',
  'MESSAGE_REDACTED',
  'CONVERSATION_UPDATED',
  'RETENTION_CHANGED',
]);

/** The one reader of events in a process. When it is woken, it reads the feeds that have new events, all in one statement, once for all of their subscribers. */
export class Reader {
  readonly #database: Queryable;
  readonly #loaders: LiveLoaders;
  readonly #log: Logger;
  readonly #feeds = new Map<string, Feed>();
  readonly #opening = new Map<string, Promise<Feed>>();
  /** Feeds that may have new events. */
  readonly #woken = new Set<Feed>();
  readonly #poll = setInterval(() => this.wakeAll(), pollMs).unref();
  #retryTimer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | null = null;
  #closed = false;
  /** Seconds from the writing of the last event to its delivery; null before the first. */
  lagSeconds: number | null = null;

  constructor(database: Queryable, loaders: LiveLoaders, log: Logger) {
    this.#database = database;
    this.#loaders = loaders;
    this.#log = log;
  }

  /** Returns the feed of an organization, which is read as long as the stream is open, whether it subscribes or not. */
  async feedFor(organizationId: string, stream: OpenStream): Promise<Feed> {
    for (;;) {
      const feed = await (this.#feeds.get(organizationId) ?? this.#opening.get(organizationId) ?? this.#open(organizationId));
      // The feed's last stream may have ended meanwhile, and with it the feed.
      if (this.#feeds.get(organizationId) === feed) {
        feed.add(stream);
        stream.whenEnded(() => this.#remove(feed, stream));
        return feed;
      }
    }
  }

  wake(organizationId: string): void {
    const feed = this.#feeds.get(organizationId);
    if (feed !== undefined) this.#wake(feed);
  }

  wakeAll(): void {
    for (const feed of this.#feeds.values()) this.#wake(feed);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#retryTimer);
    this.#feeds.clear();
    await this.#reading;
  }

  #open(organizationId: string): Promise<Feed> {
    const opening = readEnd(this.#database, organizationId)
      .then((end) => {
        const feed = new Feed(organizationId, end);
        this.#feeds.set(organizationId, feed);
        // Notifications that came before the feed existed woke nobody.
        this.#wake(feed);
        return feed;
      })
      .finally(() => this.#opening.delete(organizationId));
    this.#opening.set(organizationId, opening);
    return opening;
  }

  #remove(feed: Feed, stream: OpenStream): void {
    feed.remove(stream);
    // The organization may have another feed by now.
    if (!feed.isUsed && this.#feeds.get(feed.organizationId) === feed) this.#feeds.delete(feed.organizationId);
  }

  #wake(feed: Feed): void {
    // A feed without streams is not read any more.
    if (this.#closed || this.#feeds.get(feed.organizationId) !== feed) return;
    this.#woken.add(feed);
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
  }

  async #read(): Promise<void> {
    // Feeds that are woken in this turn of the event loop are read together.
    await Promise.resolve();
    while (this.#woken.size > 0 && !this.#closed) {
      const feeds = [...this.#woken];
      this.#woken.clear();
      try {
        const reads = await readFeeds(this.#database, feeds, feedPage);
        const epoch = this.#loaders.advance();
        for (const [index, feed] of feeds.entries()) {
          const read = reads[index];
          if (read?.isKnown === false) await this.#restart(feed);
          else this.#deliver(feed, read, epoch);
        }
      } catch (error) {
        if (!this.#closed) this.#log.warn({ err: error }, 'events could not be read');
        clearTimeout(this.#retryTimer);
        this.#retryTimer = setTimeout(() => this.wakeAll(), errorDelayMs).unref();
      }
    }
  }

  /** Continues a feed after the last event, because the database under the gateway is an older copy now. */
  async #restart(feed: Feed): Promise<void> {
    const { organizationId } = feed;
    const end = await readEnd(this.#database, organizationId);
    this.#log.warn({ organizationId, position: feed.position, end }, 'the database was restored from a backup: streams end with TOO_OLD');
    this.#loaders.forget(organizationId);
    feed.restart(end);
    this.#wake(feed);
  }

  #deliver(feed: Feed, read: FeedRead | undefined, epoch: number): void {
    if (read === undefined) return;
    if (read.events.some(({ kind }) => invalidating.has(kind))) this.#loaders.forget(feed.organizationId);
    feed.deliver(read.events, epoch);
    const last = read.events.at(-1);
    if (last !== undefined) this.lagSeconds = (Date.now() - last.occurredAt.getTime()) / 1_000;
    if (read.more) this.#woken.add(feed);
    else if (read.pending) this.#retryLater(feed);
    else feed.retryDelayMs = 0;
  }

  #retryLater(feed: Feed): void {
    feed.retryDelayMs = Math.min(2 * feed.retryDelayMs || firstDelayMs, lastDelayMs);
    clearTimeout(feed.retryTimer);
    feed.retryTimer = setTimeout(() => this.#wake(feed), feed.retryDelayMs).unref();
  }
}

import type { Logger } from 'pino';
import type { Queryable } from '../../../database/database.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import { type FeedRead, readEnd, readFeeds } from '../../event/store/read-feeds.ts';
import { Feed, feedPage, type Open } from './feed.ts';
import type { LiveLoaders } from './loaders.ts';

/** A notification that was lost costs so long, no event. */
const pollMs = 5_000;
/** How soon to look again at what waits for older transactions: doubled each time, from the first to the last. */
const firstDelayMs = 20;
const lastDelayMs = 1_000;
const retryMs = 1_000;

/** After these, what was loaded before is not to be shown to anybody, whatever the event that it is shown with. */
const changesWhatIsShown: ReadonlySet<EventKind> = new Set([
  'MESSAGE_UPDATED',
  'MESSAGE_DELETED',
  'MESSAGE_REDACTED',
  'CONVERSATION_UPDATED',
  'RETENTION_CHANGED',
]);

/** The one reader of a process: woken, it reads on in all organizations that have news, once however many follow. */
export class Reader {
  readonly #database: Queryable;
  readonly #loaders: LiveLoaders;
  readonly #log: Logger;
  readonly #feeds = new Map<string, Feed>();
  readonly #opening = new Map<string, Promise<Feed>>();
  readonly #news = new Set<Feed>();
  readonly #poll = setInterval(() => this.wakeAll(), pollMs).unref();
  #retry: NodeJS.Timeout | undefined;
  #reading: Promise<void> | null = null;
  #closed = false;

  constructor(database: Queryable, loaders: LiveLoaders, log: Logger) {
    this.#database = database;
    this.#loaders = loaders;
    this.#log = log;
  }

  /** What happens in an organization, read on for as long as the stream is open, whether it follows or not. */
  async attend(organizationId: string, stream: Open): Promise<Feed> {
    for (;;) {
      const feed = await (this.#feeds.get(organizationId) ?? this.#opening.get(organizationId) ?? this.#open(organizationId));
      // Meanwhile its last stream may have ended, and nobody reads it any more.
      if (this.#feeds.get(organizationId) === feed) {
        feed.attend(stream);
        stream.whenEnded(() => this.#leave(feed, stream));
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
    clearTimeout(this.#retry);
    this.#feeds.clear();
    await this.#reading;
  }

  #open(organizationId: string): Promise<Feed> {
    const opening = readEnd(this.#database)
      .then((end) => {
        const feed = new Feed(organizationId, end);
        this.#feeds.set(organizationId, feed);
        // What was notified of before the feed was there.
        this.#wake(feed);
        return feed;
      })
      .finally(() => this.#opening.delete(organizationId));
    this.#opening.set(organizationId, opening);
    return opening;
  }

  #leave(feed: Feed, stream: Open): void {
    feed.leave(stream);
    // Another may have been opened since.
    if (!feed.wanted && this.#feeds.get(feed.organizationId) === feed) this.#feeds.delete(feed.organizationId);
  }

  #wake(feed: Feed): void {
    // One whose streams have ended is not read any more.
    if (this.#closed || this.#feeds.get(feed.organizationId) !== feed) return;
    this.#news.add(feed);
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
  }

  async #read(): Promise<void> {
    // What wakes in this very moment is read together.
    await Promise.resolve();
    while (this.#news.size > 0 && !this.#closed) {
      const feeds = [...this.#news];
      this.#news.clear();
      try {
        const reads = await readFeeds(this.#database, feeds, feedPage);
        const epoch = this.#loaders.advance();
        for (const [index, feed] of feeds.entries()) this.#deliver(feed, reads[index], epoch);
      } catch (error) {
        if (!this.#closed) this.#log.warn({ err: error }, 'events could not be read');
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.wakeAll(), retryMs).unref();
      }
    }
  }

  #deliver(feed: Feed, read: FeedRead | undefined, epoch: number): void {
    if (read === undefined) return;
    if (read.events.some(({ kind }) => changesWhatIsShown.has(kind))) this.#loaders.forget(feed.organizationId);
    feed.deliver(read.events, epoch);
    if (read.more) this.#news.add(feed);
    else if (read.pending) this.#lookAgain(feed);
    else feed.delayMs = 0;
  }

  #lookAgain(feed: Feed): void {
    feed.delayMs = Math.min(2 * feed.delayMs || firstDelayMs, lastDelayMs);
    clearTimeout(feed.again);
    feed.again = setTimeout(() => this.#wake(feed), feed.delayMs).unref();
  }
}

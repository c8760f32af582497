import type { Logger } from 'pino';
import type { Authenticate } from '../../../auth/authenticate.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Database, Queryable } from '../../../database/database.ts';
import type { Loaders } from '../../../database/loaders.ts';
import { UnavailableError } from '../../../errors.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import { noConversation } from '../../conversation/store/lock.ts';
import { conversationSource } from '../../conversation/store/rows.ts';
import { eventsChannel, typingChannel } from '../../event/store/channels.ts';
import { type EventPosition, isAfter } from '../../event/store/position.ts';
import { readEventPage } from '../../event/store/read-page.ts';
import { readSnapshot } from '../../event/store/snapshot.ts';
import { readTypingNotice } from '../../event/store/typing.ts';
import { catchUp, type EventSource, resume, subscribeFrom } from './catch-up.ts';
import { type Feed, feedPage, type LiveEvent } from './feed.ts';
import { type Ending, KeyWatch, type StreamOwner } from './key-watch.ts';
import { LiveLoaders } from './loaders.ts';
import { Reader } from './reader.ts';
import { RetriedReads } from './retried-reads.ts';
import { EventStream } from './stream.ts';
import { type MaxStreams, StreamLimits } from './stream-limits.ts';
import { type LiveTyping, TypingSubscribers } from './typing.ts';

/** The events that a client subscribes to. */
export interface Subscription {
  kinds: readonly EventKind[];
  /** Null: events of all conversations. */
  conversationId: string | null;
  /** Null: events from now on. */
  after: EventPosition | null;
}

/** Streams of events, which any gateway on this database may have written. One listening connection and one reader serve all streams of this process. */
export class Live {
  readonly #database: Database;
  /** Reads of open streams. */
  readonly #reads: RetriedReads;
  readonly #loaders: LiveLoaders;
  /** For a stream that begins: if the database does not answer, the client gets an error at once. */
  readonly #unretriedLoaders: LiveLoaders;
  readonly #reader: Reader;
  readonly #keys: KeyWatch;
  readonly #streamLimits: StreamLimits;
  readonly #socketLimits: StreamLimits;
  readonly #streams = new Set<{ end(): void }>();
  readonly #typing = new TypingSubscribers();
  readonly #ended = new AbortController();
  #listening: Promise<() => Promise<void>> | null = null;

  constructor(database: Database, authenticate: Authenticate, maxStreams: MaxStreams, log: Logger) {
    this.#database = database;
    const databaseOf = (organizationId: string) => database.for({ organizationId });
    this.#reads = new RetriedReads(databaseOf, this.#ended.signal);
    this.#loaders = new LiveLoaders((organizationId) => this.#reads.of(organizationId));
    this.#unretriedLoaders = new LiveLoaders(databaseOf);
    this.#reader = new Reader(database, this.#loaders, log);
    this.#keys = new KeyWatch(authenticate);
    this.#streamLimits = new StreamLimits('streams', maxStreams);
    this.#socketLimits = new StreamLimits('sockets', maxStreams);
  }

  /** Opens a stream of the matching events, each once, in the order of commits. @throws NOT_FOUND, CONFLICT if `after` is too old */
  async subscribe(owner: StreamOwner, subscription: Subscription): Promise<EventStream<LiveEvent>> {
    await this.#prepare(owner, subscription.conversationId);
    const { stream, feed } = await this.#open<LiveEvent>(owner);
    try {
      const missed = await this.#begin(stream, feed, subscription);
      if (missed !== null) stream.beginWith(missed);
      return stream;
    } catch (error) {
      stream.end();
      throw error;
    }
  }

  /** Opens a stream of typing indicators from now on; `conversationId` null: in all conversations. @throws NOT_FOUND */
  async subscribeToTyping(owner: StreamOwner, conversationId: string | null): Promise<EventStream<LiveTyping>> {
    await this.#prepare(owner, conversationId);
    const { stream } = await this.#open<LiveTyping>(owner);
    this.#typing.add({ organizationId: owner.viewer.organizationId, conversationId, stream });
    return stream;
  }

  /** Counts a socket that carries streams until it ends, and fails it when its key ends. @throws RATE_LIMITED */
  addSocket(owner: StreamOwner, socket: Ending): void {
    this.#socketLimits.add(owner, socket);
    this.#keys.add(owner, socket);
  }

  /** Returns the loaders whose rows may be shown with an event of this epoch. */
  loaders(viewer: Viewer, epoch: number): Loaders {
    return this.#loaders.of(viewer, epoch);
  }

  /** Returns the rendering of an event: made by `work`, or earlier by another stream of the organization with the same scopes and selection. */
  rendered<Result>(viewer: Viewer | null, item: unknown, selection: string, work: () => Promise<Result>): Promise<Result> {
    // A failure belongs to one stream, so it is not shared.
    if (viewer === null || !isEvent(item)) return work();
    return this.loaders(viewer, item.epoch).once(`${selection} ${JSON.stringify(item)}`, work);
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Seconds from the writing of the last event to its delivery here; null before the first. */
  get lagSeconds(): number | null {
    return this.#reader.lagSeconds;
  }

  /** Ends every stream, and refuses new ones. */
  endStreams(): void {
    this.#ended.abort();
    for (const stream of [...this.#streams]) stream.end();
  }

  async close(): Promise<void> {
    this.endStreams();
    await this.#reader.close();
    this.#loaders.close();
    this.#unretriedLoaders.close();
    const stop = await this.#listening;
    await stop?.();
  }

  /** Listens for notifications, and checks that the conversation exists. */
  async #prepare({ viewer }: StreamOwner, conversationId: string | null): Promise<void> {
    if (this.#ended.signal.aborted) throw new UnavailableError('this gateway is being stopped');
    this.#listening ??= this.#database.listen([eventsChannel, typingChannel], {
      begun: () => this.#reader.wakeAll(),
      heard: (channel, payload) => (channel === eventsChannel ? this.#reader.wake(payload) : this.#deliverTyping(payload)),
    });
    await this.#listening;
    if (conversationId === null) return;
    const conversation = await this.#unretriedLoaders.of(viewer, 0).row(conversationSource, conversationId);
    if (conversation === null) throw noConversation();
  }

  /** Opens a stream and its organization's feed. The feed invalidates the loaders, so streams of typing indicators need it too. */
  async #open<Event>(owner: StreamOwner): Promise<{ stream: EventStream<Event>; feed: Feed }> {
    const stream = new EventStream<Event>();
    this.#streamLimits.add(owner, stream);
    this.#streams.add(stream);
    stream.whenEnded(() => this.#streams.delete(stream));
    this.#keys.add(owner, stream);
    try {
      return { stream, feed: await this.#reader.feedFor(owner.viewer.organizationId, stream) };
    } catch (error) {
      stream.end();
      throw error;
    }
  }

  /** Subscribes a stream to its feed. @returns the events that come before those that the feed pushes; null if there are none */
  async #begin(stream: EventStream<LiveEvent>, feed: Feed, { kinds, conversationId, after }: Subscription) {
    const { organizationId } = feed;
    // Until the client has the stream, a database that does not answer is an error of its request.
    let reads: Queryable = this.#database.for({ organizationId });
    const read = async (from: EventPosition) => {
      const query = { organizationId, after: from, before: null, limit: feedPage, fromEnd: false, kinds, conversationId, counted: false };
      const page = await readEventPage(reads, query);
      const epoch = this.#loaders.advance();
      return { ...page, events: page.events.map((event) => ({ ...event, epoch })) };
    };
    const isRetrying = () => this.#reads.isRetrying(organizationId);
    const sourceOf = (isNew: EventSource<LiveEvent>['isNew']): EventSource<LiveEvent> => {
      const subscribe = (from: EventPosition) =>
        feed.subscribe({
          stream,
          kinds,
          conversationId,
          isNew: (event) => isAfter(event, from) && isNew(event),
          resume: (position) => resume(source, position),
          isRetrying,
        });
      const source = { read, subscribe, isNew };
      return source;
    };
    const begin = async () => {
      if (after !== null) {
        const source = sourceOf(() => true);
        return catchUp(source, after);
      }
      const { position, isLater } = await readSnapshot(reads, organizationId);
      return subscribeFrom(sourceOf(isLater), position);
    };
    const missed = await begin();
    reads = this.#reads.of(organizationId);
    return missed;
  }

  #deliverTyping(payload: string): void {
    const notice = readTypingNotice(payload);
    if (notice !== null) this.#typing.deliver(notice, this.#loaders.advance());
  }
}

function isEvent(item: unknown): item is { epoch: number } {
  return typeof item === 'object' && item !== null && 'epoch' in item && typeof item.epoch === 'number';
}

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
import { readMoment } from '../../event/store/snapshot.ts';
import { catchUp, followFrom, resume, type Source } from './catch-up.ts';
import { type Feed, feedPage, type LiveEvent } from './feed.ts';
import { type Ending, KeyWatch, type StreamOwner } from './key-watch.ts';
import { LiveLoaders } from './loaders.ts';
import { PatientReads } from './patient.ts';
import { Reader } from './reader.ts';
import { EventStream } from './stream.ts';
import { type MaxStreams, StreamLimits } from './stream-limits.ts';
import { readTypingNotice, type TypingNotice } from './typing.ts';

/** Of what is not kept, nothing more than this waits for a slow reader. */
const maxNotices = 100;

export interface Wanted {
  kinds: readonly EventKind[];
  /** Null: of all conversations. */
  conversationId: string | null;
  /** Null: from now on. */
  after: EventPosition | null;
}

/** What streams show of typing: read when it was heard. */
export type LiveTyping = TypingNotice & { epoch: number };

interface TypingFollower {
  organizationId: string;
  /** Null: of all conversations. */
  conversationId: string | null;
  stream: EventStream<LiveTyping>;
}

/** Events as they happen, through whichever gateway on this database: one listening connection and one reader for all streams of this process. */
export class Live {
  readonly #database: Database;
  /** For streams that are open. Who begins one is told at once that the database is away. */
  readonly #reads: PatientReads;
  readonly #beginning: LiveLoaders;
  readonly #loaders: LiveLoaders;
  readonly #reader: Reader;
  readonly #keys: KeyWatch;
  readonly #limits: StreamLimits;
  readonly #sockets: StreamLimits;
  readonly #streams = new Set<{ end(): void }>();
  readonly #typing = new Set<TypingFollower>();
  readonly #ended = new AbortController();
  #listening: Promise<() => Promise<void>> | null = null;

  constructor(database: Database, authenticate: Authenticate, maxStreams: MaxStreams, log: Logger) {
    this.#database = database;
    const databaseOf = (organizationId: string) => database.for({ organizationId });
    this.#reads = new PatientReads(databaseOf, this.#ended.signal);
    this.#beginning = new LiveLoaders(databaseOf);
    this.#loaders = new LiveLoaders((organizationId) => this.#reads.of(organizationId));
    this.#reader = new Reader(database, this.#loaders, log);
    this.#keys = new KeyWatch(authenticate);
    this.#limits = new StreamLimits('streams', maxStreams);
    this.#sockets = new StreamLimits('sockets', maxStreams);
  }

  /** Every event that is wanted, once, in the order of commits. @throws NOT_FOUND for an unknown conversation, CONFLICT where `after` is too old */
  async follow(owner: StreamOwner, wanted: Wanted): Promise<EventStream<LiveEvent>> {
    await this.#ready(owner, wanted.conversationId);
    const { stream, feed } = await this.#open<LiveEvent>(owner);
    try {
      const missed = await this.#begin(stream, feed, wanted);
      if (missed !== null) stream.precede(missed);
      return stream;
    } catch (error) {
      stream.end();
      throw error;
    }
  }

  /** Follows who types in a conversation, or in all of them, from now on. @throws NOT_FOUND */
  async followTyping(owner: StreamOwner, conversationId: string | null): Promise<EventStream<LiveTyping>> {
    await this.#ready(owner, conversationId);
    const { stream } = await this.#open<LiveTyping>(owner);
    const follower = { organizationId: owner.viewer.organizationId, conversationId, stream };
    this.#typing.add(follower);
    stream.whenEnded(() => this.#typing.delete(follower));
    return stream;
  }

  /** Counts a socket that streams come over, until it ends, and fails it once its key ends. @throws RATE_LIMITED */
  attend(owner: StreamOwner, socket: Ending): void {
    this.#sockets.add(owner, socket);
    this.#keys.add(owner, socket);
  }

  /** What an event of this epoch is to be shown with. */
  loaders(viewer: Viewer, epoch: number): Loaders {
    return this.#loaders.of(viewer, epoch);
  }

  /** Returns the rendering of an event: made by `work`, or earlier by another stream of the organization with the same scopes and selection. */
  rendered<Result>(viewer: Viewer | null, taken: unknown, selection: string, work: () => Promise<Result>): Promise<Result> {
    // The failure of a stream is its own.
    if (viewer === null || !isEvent(taken)) return work();
    return this.loaders(viewer, taken.epoch).once(`${selection} ${JSON.stringify(taken)}`, work);
  }

  /** Ends every stream; none begins from now on. */
  endStreams(): void {
    this.#ended.abort();
    for (const stream of [...this.#streams]) stream.end();
  }

  async close(): Promise<void> {
    this.endStreams();
    await this.#reader.close();
    this.#loaders.close();
    this.#beginning.close();
    const stop = await this.#listening;
    await stop?.();
  }

  async #ready({ viewer }: StreamOwner, conversationId: string | null): Promise<void> {
    if (this.#ended.signal.aborted) throw new UnavailableError('this gateway is being stopped');
    this.#listening ??= this.#database.listen([eventsChannel, typingChannel], {
      begun: () => this.#reader.wakeAll(),
      heard: (channel, payload) => (channel === eventsChannel ? this.#reader.wake(payload) : this.#hearTyping(payload)),
    });
    await this.#listening;
    if (conversationId === null) return;
    const conversation = await this.#beginning.of(viewer, 0).row(conversationSource, conversationId);
    if (conversation === null) throw noConversation();
  }

  /** @returns what comes before what is pushed */
  async #begin(stream: EventStream<LiveEvent>, feed: Feed, { kinds, conversationId, after }: Wanted) {
    const { organizationId } = feed;
    // Until the stream is returned to the client, a database that does not answer is an error of the request.
    let reads: Queryable = this.#database.for({ organizationId });
    const sourceOf = (cameLater: (event: EventPosition) => boolean): Source<LiveEvent> => {
      const source: Source<LiveEvent> = {
        isNew: cameLater,
        follow: (from) => {
          const isNew = (event: EventPosition) => isAfter(event, from) && cameLater(event);
          return feed.join({
            stream,
            kinds,
            conversationId,
            isNew,
            goOn: (behind) => resume(source, behind),
            isExcused: () => this.#reads.isRetrying(organizationId),
          });
        },
        read: async (from) => {
          const query = {
            organizationId,
            after: from,
            before: null,
            limit: feedPage,
            fromEnd: false,
            kinds,
            conversationId,
            counted: false,
          };
          const page = await readEventPage(reads, query);
          const epoch = this.#loaders.advance();
          return { ...page, events: page.events.map((event) => ({ ...event, epoch })) };
        },
      };
      return source;
    };
    const begin = async () => {
      if (after !== null)
        return catchUp(
          sourceOf(() => true),
          after,
        );
      const { position, cameLater } = await readMoment(reads);
      return followFrom(sourceOf(cameLater), position);
    };
    const missed = await begin();
    reads = this.#reads.of(organizationId);
    return missed;
  }

  /** A stream, and its organization's feed, which is read as long as it is open: also for one that does not follow, since what goes is known by it. */
  async #open<Event>(owner: StreamOwner): Promise<{ stream: EventStream<Event>; feed: Feed }> {
    const stream = new EventStream<Event>();
    this.#limits.add(owner, stream);
    this.#streams.add(stream);
    stream.whenEnded(() => this.#streams.delete(stream));
    this.#keys.add(owner, stream);
    try {
      return { stream, feed: await this.#reader.attend(owner.viewer.organizationId, stream) };
    } catch (error) {
      stream.end();
      throw error;
    }
  }

  #hearTyping(payload: string): void {
    const notice = readTypingNotice(payload);
    if (notice === null) return;
    const epoch = this.#loaders.advance();
    for (const { organizationId, conversationId, stream } of this.#typing) {
      const wanted = organizationId === notice.organizationId && (conversationId === null || conversationId === notice.conversationId);
      if (wanted && stream.waiting < maxNotices) stream.push({ ...notice, epoch });
    }
  }
}

function isEvent(taken: unknown): taken is { epoch: number } {
  return typeof taken === 'object' && taken !== null && 'epoch' in taken && typeof taken.epoch === 'number';
}

import { ParleyError } from '../../../errors.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import type { EventPosition } from '../../event/store/position.ts';
import type { FeedPosition } from '../../event/store/read-feeds.ts';
import type { EventRow } from '../../event/store/rows.ts';
import type { NextEvent } from './catch-up.ts';
import type { EventStream } from './stream.ts';

/** The most events that are read at once, and that may wait in a stream. With one more, the stream continues from the table, so that it delays no other stream. */
export const feedPage = 500;

/** A stream with too many waiting events fails if its client takes none for this time. */
export const slowReaderMs = 10_000;

/** An event, and the epoch that it was read in: see `LiveLoaders`. */
export type LiveEvent = EventRow & { epoch: number };

/** A stream of any kind, while it is open. */
export interface OpenStream {
  whenEnded(callback: () => void): void;
}

/** A stream, and the filter of its events. */
interface Subscriber {
  stream: EventStream<LiveEvent>;
  kinds: readonly EventKind[];
  /** Null: events of all conversations. */
  conversationId: string | null;
  /** False for an event that the stream has already, or that was committed before it began. */
  isNew(event: EventPosition): boolean;
  /** Returns a reader of the events after a position, which the feed no longer pushes. */
  resume(after: EventPosition): NextEvent<LiveEvent>;
  /** True while the gateway retries a read: the client then waits for the gateway, and is not too slow. */
  isRetrying(): boolean;
}

/** The new events of one organization, read once and pushed to all of its subscribers. */
export class Feed implements FeedPosition {
  readonly organizationId: string;
  position: EventPosition;
  /** The time until events that wait for older transactions are read; 0 if none wait. */
  retryDelayMs = 0;
  retryTimer: NodeJS.Timeout | undefined;
  /** The feed is read as long as one of these is open. */
  readonly #streams = new Set<OpenStream>();
  readonly #subscribers = new Map<OpenStream, Subscriber>();

  constructor(organizationId: string, position: EventPosition) {
    this.organizationId = organizationId;
    this.position = position;
  }

  get isUsed(): boolean {
    return this.#streams.size > 0;
  }

  add(stream: OpenStream): void {
    this.#streams.add(stream);
  }

  remove(stream: OpenStream): void {
    this.#streams.delete(stream);
    this.#subscribers.delete(stream);
  }

  /** Pushes new events to a stream that was added, until it is removed or too many events wait in it. @returns the position after which it gets every matching event */
  subscribe(subscriber: Subscriber): EventPosition {
    // The stream may have ended while it caught up.
    if (this.#streams.has(subscriber.stream)) this.#subscribers.set(subscriber.stream, subscriber);
    return this.position;
  }

  deliver(events: readonly EventRow[], epoch: number): void {
    for (const event of events) {
      this.position = { transactionId: event.transactionId, id: event.id };
      for (const subscriber of this.#subscribers.values()) if (matches(event, subscriber)) this.#push(subscriber, { ...event, epoch });
    }
  }

  /** Fails all subscribers, because the events that they received are not those before `position`. */
  restart(position: EventPosition): void {
    this.position = position;
    for (const { stream } of [...this.#subscribers.values()]) stream.fail(restored());
  }

  #push({ stream, resume, isRetrying }: Subscriber, event: LiveEvent): void {
    stream.push(event);
    if (stream.waiting <= feedPage) return;
    this.#subscribers.delete(stream);
    stream.continueWith(resume(this.position), { timeoutMs: slowReaderMs, isRetrying, error: tooSlow() });
  }
}

function matches(event: EventRow, { kinds, conversationId, isNew }: Subscriber): boolean {
  return (conversationId === null || conversationId === event.conversationId) && kinds.includes(event.kind) && isNew(event);
}

function restored(): ParleyError {
  return new ParleyError(
    'CONFLICT',
    'the database was restored from a backup without the last events of this stream: fetch everything again, and subscribe again',
    { reason: 'TOO_OLD' },
  );
}

function tooSlow(): ParleyError {
  return new ParleyError(
    'CONFLICT',
    `this stream was read too slowly and was cut off with more than ${feedPage} events waiting: subscribe again with the last cursor as "after"`,
    { reason: 'TOO_SLOW' },
  );
}

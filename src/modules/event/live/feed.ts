import { ParleyError } from '../../../errors.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import type { EventPosition } from '../position.ts';
import type { FeedPosition } from '../read-feeds.ts';
import type { EventRow } from '../rows.ts';
import type { EventStream } from './stream.ts';

/** How many events are read at once. A stream never has more than twice as many waiting. */
export const feedPage = 500;

/**
 * A stream that has more than `feedPage` events waiting is cut off once it has had so long: at once where nothing was taken for that time, else it holds up
 * the others of its organization meanwhile, so that a burst drives nobody out who reads.
 */
export const patienceMs = 10_000;

/** What happened, and when it was read: see `LiveLoaders`. */
export type LiveEvent = EventRow & { epoch: number };

/** A stream of any kind, as long as it is open. */
export interface Open {
  whenEnded(callback: () => void): void;
}

/** Whose stream, and what belongs in it. */
export interface Follower {
  stream: EventStream<LiveEvent>;
  kinds: readonly EventKind[];
  /** Null: of all conversations. */
  conversationId: string | null;
  /** Not what the subscriber has already. */
  isNew(event: EventPosition): boolean;
}

/** One organization's events as they come, read once and handed to everybody who follows them. */
export class Feed implements FeedPosition {
  readonly organizationId: string;
  position: EventPosition;
  /** Not read on while a stream is full. */
  held = false;
  /** Until the next look at what waits for older transactions; 0 where nothing does. */
  delayMs = 0;
  again: NodeJS.Timeout | undefined;
  /** For whom it is read. */
  readonly streams = new Set<Open>();
  readonly #followers = new Set<Follower>();

  constructor(organizationId: string, position: EventPosition) {
    this.organizationId = organizationId;
    this.position = position;
  }

  /** Until the stream ends. @returns the position that it gets everything after */
  join(follower: Follower): EventPosition {
    this.#followers.add(follower);
    follower.stream.whenEnded(() => this.#followers.delete(follower));
    return this.position;
  }

  deliver(events: readonly EventRow[], epoch: number): void {
    for (const event of events) {
      this.position = { transactionId: event.transactionId, id: event.id };
      for (const follower of this.#followers) if (belongs(event, follower)) follower.stream.push({ ...event, epoch });
    }
  }

  get crowded(): boolean {
    return [...this.#followers].some(({ stream }) => stream.waiting > feedPage);
  }

  /** Resolves once another page fits into every stream; those that do not make room in time are cut off. */
  async makeRoom(): Promise<void> {
    const full = [...this.#followers].map(({ stream }) => stream).filter((stream) => stream.waiting > feedPage);
    for (const stream of full) if (performance.now() - stream.lastTaken > patienceMs) stream.fail(tooSlow());
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([Promise.all(full.map((stream) => stream.drainedTo(feedPage))), patience]);
    clearTimeout(timer);
    for (const stream of full) if (stream.waiting > feedPage) stream.fail(tooSlow());
  }
}

function belongs(event: EventRow, { kinds, conversationId, isNew }: Follower): boolean {
  return (conversationId === null || conversationId === event.conversationId) && kinds.includes(event.kind) && isNew(event);
}

function tooSlow(): ParleyError {
  return new ParleyError(
    'CONFLICT',
    `this stream was read too slowly and was cut off with more than ${feedPage} events waiting: subscribe again with the last cursor as "after"`,
    { reason: 'TOO_SLOW' },
  );
}

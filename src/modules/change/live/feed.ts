import { ParleyError } from '../../../errors.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import type { EventPosition } from '../../event/store/position.ts';
import type { FeedPosition } from '../../event/store/read-feeds.ts';
import type { EventRow } from '../../event/store/rows.ts';
import type { EventStream } from './stream.ts';

/** How many events are read at once, and how many may wait in a stream that follows: with one more it goes on from the table, and holds up nobody. */
export const feedPage = 500;

/** How long a stream that follows no more may leave what waits untaken before it is cut off. */
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
  /** What comes after this is not pushed any more. @returns what gives it instead */
  goOn(behind: EventPosition): () => Promise<LiveEvent | null>;
  /** Whether what it takes cannot be loaded at the moment, so that it cannot take more. */
  isExcused(): boolean;
}

/** One organization's events as they come, read once and handed to everybody who follows them. */
export class Feed implements FeedPosition {
  readonly organizationId: string;
  position: EventPosition;
  /** Until the next look at what waits for older transactions; 0 where nothing does. */
  delayMs = 0;
  again: NodeJS.Timeout | undefined;
  /** For whom it is read. */
  readonly #streams = new Set<Open>();
  readonly #followers = new Map<Open, Follower>();

  constructor(organizationId: string, position: EventPosition) {
    this.organizationId = organizationId;
    this.position = position;
  }

  /** Whether anybody has it read. */
  get wanted(): boolean {
    return this.#streams.size > 0;
  }

  attend(stream: Open): void {
    this.#streams.add(stream);
  }

  leave(stream: Open): void {
    this.#streams.delete(stream);
    this.#followers.delete(stream);
  }

  /** For a stream that attends, until it leaves or falls behind. @returns the position that it gets everything after */
  join(follower: Follower): EventPosition {
    // It may have left while it caught up.
    if (this.#streams.has(follower.stream)) this.#followers.set(follower.stream, follower);
    return this.position;
  }

  deliver(events: readonly EventRow[], epoch: number): void {
    for (const event of events) {
      this.position = { transactionId: event.transactionId, id: event.id };
      for (const follower of this.#followers.values()) if (belongs(event, follower)) this.#give(follower, { ...event, epoch });
    }
  }

  #give({ stream, goOn, isExcused }: Follower, event: LiveEvent): void {
    stream.push(event);
    if (stream.waiting <= feedPage) return;
    this.#followers.delete(stream);
    stream.fallBehind(goOn(this.position), { patienceMs, isExcused, impatience: tooSlow() });
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

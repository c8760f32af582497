import type { TypingNotice } from '../../event/store/typing.ts';
import type { EventStream } from './stream.ts';

/** A typing indicator, and the epoch that it was received in: see `LiveLoaders`. */
export type LiveTyping = TypingNotice & { epoch: number };

interface TypingSubscriber {
  organizationId: string;
  /** Null: indicators of all conversations. */
  conversationId: string | null;
  stream: EventStream<LiveTyping>;
}

/** The most indicators that wait for a slow reader; further ones are dropped. */
const maxWaiting = 100;

/** The open streams of typing indicators in a process. */
export class TypingSubscribers {
  readonly #subscribers = new Set<TypingSubscriber>();

  /** Pushes indicators to a stream until it ends. */
  add(subscriber: TypingSubscriber): void {
    this.#subscribers.add(subscriber);
    subscriber.stream.whenEnded(() => this.#subscribers.delete(subscriber));
  }

  deliver(notice: TypingNotice, epoch: number): void {
    for (const { organizationId, conversationId, stream } of this.#subscribers) {
      const matches = organizationId === notice.organizationId && (conversationId === null || conversationId === notice.conversationId);
      if (matches && stream.waiting < maxWaiting) stream.push({ ...notice, epoch });
    }
  }
}

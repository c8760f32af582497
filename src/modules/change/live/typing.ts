import { isUuid } from '../../../values/ids.ts';
import { typingSeconds } from '../../event/store/typing.ts';
import type { EventStream } from './stream.ts';

/** A typing indicator, which is not stored. */
export interface TypingNotice {
  organizationId: string;
  conversationId: string;
  at: Date;
  /** When the indicator ends unless it is sent again; null: the sender stopped typing. */
  until: Date | null;
  /** The person or the agent who types; both null if the sender did not say. */
  participantId: string | null;
  agentId: string | null;
}

/** A typing indicator, and the epoch that it was received in: see `LiveLoaders`. */
export type LiveTyping = TypingNotice & { epoch: number };

export interface TypingSubscriber {
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

/** Returns the typing indicator in a notification; null for any other payload, because any user of the database can notify. */
export function readTypingNotice(payload: string): TypingNotice | null {
  try {
    const { organizationId, conversationId, at, until, participantId = null, agentId = null } = JSON.parse(payload);
    const instant = new Date(at);
    // The previous release sends neither the sender nor the end.
    const end = until === undefined ? new Date(instant.getTime() + typingSeconds * 1_000) : until === null ? null : new Date(until);
    const ids = [participantId, agentId].filter((id) => id !== null);
    if (
      ![organizationId, conversationId, ...ids].every(isUuid) ||
      [instant, end].some((date) => date !== null && Number.isNaN(date.getTime()))
    )
      return null;
    return { organizationId, conversationId, at: instant, until: end, participantId, agentId };
  } catch {
    return null;
  }
}

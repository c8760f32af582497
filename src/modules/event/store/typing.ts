import { isUuid } from '../../../values/ids.ts';

/** The time after which a typing indicator ends, if no other one of the same sender comes before. */
export const typingSeconds = 10;

/** A typing indicator, which is not stored. */
export interface TypingNotice {
  organizationId: string;
  conversationId: string;
  at: Date;
  /** The time at which the indicator ends unless it is sent again; null: the sender stopped typing. */
  until: Date | null;
  /** The person or the agent who types; both null if the sender did not say. */
  participantId: string | null;
  agentId: string | null;
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

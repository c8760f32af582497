import { isUuid } from '../../../values/ids.ts';
import { typingSeconds } from '../../event/store/typing.ts';

/** Somebody began to type, still types, or stopped; nothing of it is kept. */
export interface TypingNotice {
  organizationId: string;
  conversationId: string;
  at: Date;
  /** When it ends unless it is sent again; null: it stopped. */
  until: Date | null;
  /** The person or the agent who types; both null: the sender did not say. */
  participantId: string | null;
  agentId: string | null;
}

/** The notice in a notification; null for anything else, since whoever reaches the database can notify. */
export function readTypingNotice(payload: string): TypingNotice | null {
  try {
    const { organizationId, conversationId, at, until, participantId = null, agentId = null } = JSON.parse(payload);
    const instant = new Date(at);
    // The previous release says neither who nor until when.
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

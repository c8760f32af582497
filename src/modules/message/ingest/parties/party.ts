import type { MessageDraft, PersonDraft, ReactionDraft } from '../read/message-draft.ts';

/** Who writes or reacts, named by what the outside knows of them. */
export type Party =
  | { kind: 'CONTACT'; name: string }
  | { kind: 'PERSON'; name: string; details: PersonDraft }
  | { kind: 'AGENT'; name: string }
  | { kind: 'ORGANIZATION'; name: '' };

export function partyKey({ kind, name }: Party): string {
  return `${kind} ${name}`;
}

/** The person named, else the contact of what came in, else the line's agent, else the organization. */
export function authorOf(message: MessageDraft): Party {
  return partyOf(message, message.author, message.direction, contactOf(message));
}

/** Of a message, what tells who takes part. */
export type Setting = Pick<MessageDraft, 'conversation' | 'agent'>;

/** As for a message; an inbound reaction may come from another number than the conversation's contact. */
export function reactionAuthor(message: Setting, { author, direction, fromNumber }: ReactionDraft): Party {
  return partyOf(message, author, direction, fromNumber ?? contactOf(message));
}

/** Null in a workplace chat. */
export function contactOf({ conversation }: Setting): string | null {
  return conversation.type === 'PHONE' ? conversation.contactNumber : null;
}

function partyOf({ agent }: Setting, author: PersonDraft | null, direction: string, contact: string | null): Party {
  if (author !== null) return { kind: 'PERSON', name: author.externalId, details: author };
  if (direction === 'INBOUND' && contact !== null) return { kind: 'CONTACT', name: contact };
  return agent === null ? { kind: 'ORGANIZATION', name: '' } : { kind: 'AGENT', name: agent.externalId };
}

import type { MessageDraft } from '../read/message-draft.ts';
import type { PersonDraft, ReactionDraft } from '../read/reaction-draft.ts';

interface Named {
  externalId: string;
}

/** The author of a message or reaction, by a name that is unique among the parties of its kind. */
export type Party<Person extends Named = PersonDraft> =
  | { kind: 'CONTACT'; name: string }
  | { kind: 'PERSON'; name: string; details: Person }
  | { kind: 'AGENT'; name: string }
  | { kind: 'ORGANIZATION'; name: '' };

export function partyKey({ kind, name }: Pick<Party, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** Returns the given person, else the contact of an inbound message, else the line's agent, else the organization. */
export function authorOf(message: MessageDraft): Party {
  return partyOf(message, message.author, message.direction, contactOf(message));
}

/** The fields of a message that determine its parties. */
export type Setting = Pick<MessageDraft, 'conversation' | 'agent'>;

type ReactionAuthor<Person> = Pick<ReactionDraft, 'direction' | 'fromNumber'> & { author: Person | null };

/** Returns the author of a reaction, as `authorOf` does. An inbound reaction may come from another number than the contact's. */
export function reactionAuthor<Person extends Named>(
  message: Setting,
  { author, direction, fromNumber }: ReactionAuthor<Person>,
): Party<Person> {
  return partyOf(message, author, direction, fromNumber ?? contactOf(message));
}

/** Returns the address of the contact; null in a workplace chat. */
export function contactOf({ conversation }: Setting): string | null {
  return conversation.type === 'PHONE' ? conversation.contactNumber : null;
}

function partyOf<Person extends Named>(
  { agent }: Setting,
  author: Person | null,
  direction: MessageDraft['direction'],
  contact: string | null,
): Party<Person> {
  if (author !== null) return { kind: 'PERSON', name: author.externalId, details: author };
  if (direction === 'INBOUND' && contact !== null) return { kind: 'CONTACT', name: contact };
  return agent === null ? { kind: 'ORGANIZATION', name: '' } : { kind: 'AGENT', name: agent.externalId };
}

import type { MessageDirection } from '../../../../generated/prisma/enums.ts';
import type { Problem } from '../../../../values/problem.ts';

export const inboundStatus: Problem = { code: 'CONTRADICTORY', path: 'status', reason: 'only an outbound message has a status' };
/** The problem of an inbound reaction in a workplace chat without a person or number. */
export const missingReactionAuthor: Problem = {
  code: 'MISSING',
  path: 'author',
  reason: 'is missing: a workplace chat has no contact who could be the author of an inbound reaction',
};

interface Fields {
  direction: MessageDirection;
  body: string | null;
  phoneNumber: string | null;
  contactNumber: string | null;
  conversation: object | null;
  status: string | null;
  mediaUrls: string[];
  attachments: object[];
  externalId: string;
  author: object | null;
  replyTo: string | null;
  reactions: { author: object | null; fromNumber: string | null; direction: MessageDirection }[];
  redactedAt: string | null;
  consent: object | null;
}

/** Finds fields of a message that are valid alone but not together. */
export function* contradictions(message: Fields): Generator<Problem> {
  const { phoneNumber, contactNumber, conversation } = message;
  if (conversation === null) {
    if (phoneNumber === null)
      yield { code: 'MISSING', path: 'phoneNumber', reason: 'is missing: give phoneNumber and contactNumber, or conversation' };
    if (contactNumber === null)
      yield { code: 'MISSING', path: 'contactNumber', reason: 'is missing: give phoneNumber and contactNumber, or conversation' };
  } else {
    if (phoneNumber !== null) yield { code: 'CONTRADICTORY', path: 'phoneNumber', reason: 'must not be given with conversation' };
    if (contactNumber !== null) yield { code: 'CONTRADICTORY', path: 'contactNumber', reason: 'must not be given with conversation' };
    if (message.consent !== null)
      yield { code: 'CONTRADICTORY', path: 'consent', reason: 'belongs to a number and a contact, which a workplace chat does not have' };
    if (message.direction === 'INBOUND' && message.author === null)
      yield {
        code: 'MISSING',
        path: 'author',
        reason: 'is missing: a workplace chat has no contact who could be the author of an inbound message',
      };
  }
  if (message.direction === 'INBOUND' && message.status !== null) yield inboundStatus;
  if (message.replyTo === message.externalId) yield { code: 'CONTRADICTORY', path: 'replyTo', reason: 'is the message itself' };
  if (message.redactedAt !== null) {
    if (message.body !== null) yield { code: 'CONTRADICTORY', path: 'body', reason: 'must be null if redactedAt is set' };
    if (message.mediaUrls.length > 0) yield { code: 'CONTRADICTORY', path: 'mediaUrls', reason: 'must be empty if redactedAt is set' };
    if (message.attachments.length > 0) yield { code: 'CONTRADICTORY', path: 'attachments', reason: 'must be empty if redactedAt is set' };
  }
  for (const [index, { author, fromNumber, direction }] of message.reactions.entries()) {
    if (conversation !== null && direction === 'INBOUND' && author === null && fromNumber === null)
      yield { ...missingReactionAuthor, path: `reactions.${index}.${missingReactionAuthor.path}` };
  }
}

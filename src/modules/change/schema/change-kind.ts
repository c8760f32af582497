import { badInput } from '../../../errors.ts';
import { EventKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';

export const ChangeKindEnum = builder.enumType('ChangeKind', {
  description: 'What happened. What a cache keeps of the thing named is to be fetched anew, or forgotten.',
  values: {
    [EventKind.MESSAGE_RECORDED]: { description: 'A message was recorded; it may have been sent long before.' },
    [EventKind.MESSAGE_UPDATED]: {
      description: 'A message was edited, got farther, was reacted to, or found the message that it answers.',
    },
    [EventKind.MESSAGE_DELETED]: { description: 'A message was deleted: its content is to be forgotten.' },
    [EventKind.MESSAGE_REDACTED]: {
      description: 'A message was redacted, other than by the retention window: its content is to be forgotten.',
    },
    [EventKind.CONVERSATION_CREATED]: { description: 'A conversation began.' },
    [EventKind.CONVERSATION_UPDATED]: {
      description:
        'What is set on a conversation changed: title, metadata, agent, background, consent, what was read or put away, or the name of somebody in it.',
    },
    [EventKind.RETENTION_CHANGED]: {
      description: 'Another retention window is in force: content of messages older than the shortest window ever seen is to be forgotten.',
    },
  },
});

/** Reads kinds that a client asks for, each once; null for all. @throws BAD_USER_INPUT for none */
export function readKinds(field: string, kinds: readonly EventKind[] | null | undefined): EventKind[] | null {
  if (kinds == null) return null;
  if (kinds.length === 0) throw badInput(field, 'must have at least one kind; leave it out for all');
  return [...new Set(kinds)];
}

import { badInput } from '../../../errors.ts';
import { EventKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';

export const ChangeKindEnum = builder.enumType('ChangeKind', {
  description: 'The kind of a change. A cache must fetch the named conversation or message again, or delete it.',
  values: {
    [EventKind.MESSAGE_RECORDED]: { description: 'A message was recorded. It may have been sent long before.' },
    [EventKind.MESSAGE_UPDATED]: {
      description: 'A message changed: its text, its status, its reactions, or the message that it replies to, which was recorded later.',
    },
    [EventKind.MESSAGE_DELETED]: { description: 'A message was deleted. Clients must delete its content.' },
    [EventKind.MESSAGE_REDACTED]: {
      description: 'A message was redacted, but not by the retention window. Clients must delete its content.',
    },
    [EventKind.CONVERSATION_CREATED]: { description: 'A conversation was created, with its first message.' },
    [EventKind.CONVERSATION_UPDATED]: {
      description:
        'A conversation changed: its title, metadata, agent, background, consent, read or archived state, or the name of a participant.',
    },
    [EventKind.RETENTION_CHANGED]: {
      description:
        'The retention window changed. Clients must delete the content of messages that are older than the shortest window so far.',
    },
  },
});

/** Returns the requested kinds without duplicates; null for all. @throws BAD_USER_INPUT for an empty list */
export function readKinds(field: string, kinds: readonly EventKind[] | null | undefined): EventKind[] | null {
  if (kinds == null) return null;
  if (kinds.length === 0) throw badInput(field, 'must have at least one kind: leave the field out for all kinds');
  return [...new Set(kinds)];
}

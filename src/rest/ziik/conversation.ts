import { z } from 'zod';
import type { ZiikConversationFragment } from '../../generated/graphql/graphql.ts';
import { notNull } from '../kit/present.ts';
import { author, authorExample, presentAuthor } from './author.ts';
import { message, messageExample, presentMessage } from './message.ts';
import { time, unixSeconds, unixSecondsOrNull } from './time.ts';

export const conversation = z
  .strictObject({
    id: z.int(),
    type: z.enum(['direct', 'group']),
    title: z.string().meta({ description: 'The title. A phone conversation is called by its contact, as `Author.name` is.' }),
    created_at: time,
    updated_at: time,
    latest_message: message.nullable(),
    mute_rule: z.null(),
    unread_message_count: z.int(),
    participants: z.array(author),
    publish: z.strictObject({ created_at: time, updated_at: time }),
    archived_at: time.nullable(),
  })
  .meta({ id: 'Conversation' });

export const conversationExample: z.input<typeof conversation> = {
  id: 123,
  type: 'group',
  title: 'Sales',
  created_at: messageExample.date,
  updated_at: messageExample.date,
  latest_message: messageExample,
  mute_rule: null,
  unread_message_count: 1,
  participants: [authorExample],
  publish: { created_at: messageExample.date, updated_at: messageExample.date },
  archived_at: null,
};

/** Presents one conversation. A phone conversation is `direct`; the latest message is the last update. */
export function presentConversation(given: ZiikConversationFragment): z.input<typeof conversation> {
  const { lastMessage } = given;
  const created_at = unixSeconds(given.createdAt);
  const updated_at = unixSeconds(given.lastMessageAt);
  return {
    id: given.number,
    type: given.type === 'GROUP' ? 'group' : 'direct',
    title: titleOf(given),
    created_at,
    updated_at,
    latest_message: lastMessage && presentMessage(lastMessage, given.number),
    mute_rule: null,
    unread_message_count: given.unreadCount,
    participants: notNull(given.participants).nodes.map(presentAuthor),
    publish: { created_at, updated_at },
    archived_at: unixSecondsOrNull(given.archivedAt),
  };
}

/** Its own title; else the contact's name or number; else the names of its participants. */
function titleOf({ title, contactNumber, participants }: ZiikConversationFragment): string {
  if (title !== null) return title;
  const { nodes } = notNull(participants);
  if (contactNumber === null) return nodes.map(({ name }) => name).join(', ');
  return nodes.find((participant) => participant.contactNumber === contactNumber)?.name ?? contactNumber;
}

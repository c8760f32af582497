import type { z } from 'zod';
import type { ZiikConversationFragment } from '../../generated/graphql/graphql.ts';
import { known } from '../kit/words.ts';
import { presentAuthor } from './author.ts';
import { presentMessage } from './message.ts';
import type { conversation as shape } from './shapes.ts';
import { unixSeconds, unixSecondsOrNull } from './time.ts';

/** One conversation. A phone conversation is between two; the latest message is what last updated it. */
export function presentConversation(conversation: ZiikConversationFragment): z.input<typeof shape> {
  const { lastMessage } = conversation;
  const created_at = unixSeconds(conversation.createdAt);
  const updated_at = unixSeconds(conversation.lastMessageAt);
  return {
    id: conversation.number,
    type: conversation.type === 'GROUP' ? 'group' : 'direct',
    title: titleOf(conversation),
    created_at,
    updated_at,
    latest_message: lastMessage && presentMessage(lastMessage, conversation.number),
    mute_rule: null,
    unread_message_count: conversation.unreadCount,
    participants: known(conversation.participants).nodes.map(presentAuthor),
    publish: { created_at, updated_at },
    archived_at: unixSecondsOrNull(conversation.archivedAt),
  };
}

/** Its own; else the contact's name or number; else the names of those who wrote in it. */
function titleOf({ title, contactNumber, participants }: ZiikConversationFragment): string {
  if (title !== null) return title;
  const { nodes } = known(participants);
  if (contactNumber === null) return nodes.map(({ name }) => name).join(', ');
  return nodes.find((participant) => participant.contactNumber === contactNumber)?.name ?? contactNumber;
}

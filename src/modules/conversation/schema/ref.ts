import { ConversationType } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { encodeCursor, orderings } from '../../../values/cursor.ts';
import type { Background, ConversationRow } from '../store/rows.ts';

export const ChatBackground = builder.objectRef<Background>('ChatBackground');
export const Conversation = builder.objectRef<ConversationRow>('Conversation');

export const ConversationEdge = builder.edgeObject({
  type: Conversation,
  name: 'ConversationEdge',
  description: 'A conversation and its cursor.',
});

export const ConversationTypeEnum = builder.enumType('ConversationType', {
  description: 'The type of a conversation. It never changes.',
  values: {
    [ConversationType.PHONE]: { description: 'Messages between one of the organization’s phone numbers and one contact.' },
    [ConversationType.DIRECT]: { description: 'A workplace chat of two people.' },
    [ConversationType.GROUP]: { description: 'A workplace chat of a group.' },
  },
});

const latestFirst = { mark: orderings.conversationLastMessageAt, descending: true };

/** Returns a conversation with its cursor in the default order of `conversations`; null for null. */
export function conversationEdgeOf(node: ConversationRow | null) {
  return node && { node, cursor: encodeCursor(latestFirst, { time: node.lastMessageAt, id: node.id }) };
}

// What changes and live events have in common: the ids, and what they name as it is now.
import type { Context } from '../../../graphql/context.ts';
import { encodeId } from '../../../values/ids.ts';
import { conversationEdgeOf } from '../../conversation/schema/edge.ts';
import { Conversation, ConversationEdge } from '../../conversation/schema/ref.ts';
import { type ConversationRow, conversationSource } from '../../conversation/store/rows.ts';
import { encodePosition } from '../../event/store/position.ts';
import type { EventRow } from '../../event/store/rows.ts';
import { messageEdgeOf } from '../../message/schema/edge.ts';
import { Message, MessageEdge } from '../../message/schema/ref.ts';
import { type MessageRow, messageSource } from '../../message/store/rows.ts';

export const conversationField = {
  type: Conversation,
  nullable: true,
  description: 'The conversation as it is now; null where it is gone, or the change is about the organization.',
  resolve: (event: Pick<EventRow, 'conversationId'>, _args: object, context: Context) => rowOfConversation(event, context),
} as const;

export const messageField = {
  type: Message,
  nullable: true,
  description: 'The message as it is now, redacted like any other; null where it is gone, or the change is not about one.',
  resolve: (event: EventRow, _args: object, context: Context) => messageOf(event, context),
} as const;

export const messageEdgeField = {
  type: MessageEdge,
  nullable: true,
  description:
    'The message that was recorded, with its cursor in the default order of `Conversation.messages`, to be added to a list that is shown; null for every other change, and where the message is gone.',
  resolve: async (event: EventRow, _args: object, context: Context) =>
    event.kind === 'MESSAGE_RECORDED' ? messageEdgeOf(await messageOf(event, context)) : null,
} as const;

export const conversationEdgeField = {
  type: ConversationEdge,
  nullable: true,
  description:
    'The conversation that began, with its cursor in the default order of `conversations`, to be added to a list that is shown; null for every other change, and where the conversation is gone.',
  resolve: async (event: EventRow, _args: object, context: Context) =>
    event.kind === 'CONVERSATION_CREATED' ? conversationEdgeOf(await rowOfConversation(event, context)) : null,
} as const;

export const occurredAtField = {
  type: 'DateTime',
  description: 'When it happened here. Later changes may say an earlier instant: the order is that of the cursors.',
  resolve: ({ occurredAt }: EventRow) => occurredAt,
} as const;

export const cursorOf = (event: EventRow) => encodePosition(event);

export const conversationIdOf = ({ conversationId }: Pick<EventRow, 'conversationId'>) =>
  conversationId === null ? null : encodeId('Conversation', conversationId);

export const messageIdOf = ({ messageId }: EventRow) => (messageId === null ? null : encodeId('Message', messageId));

function rowOfConversation(
  { conversationId }: Pick<EventRow, 'conversationId'>,
  { loaders }: Context,
): Promise<ConversationRow | null> | null {
  return conversationId === null ? null : loaders.row(conversationSource, conversationId);
}

function messageOf({ messageId }: EventRow, { loaders }: Context): Promise<MessageRow | null> | null {
  return messageId === null ? null : loaders.row(messageSource, messageId);
}

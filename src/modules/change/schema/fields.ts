// Fields that changes and live events share: ids, and the conversation and message that they name.
import { badInput } from '../../../errors.ts';
import type { Context } from '../../../graphql/context.ts';
import { encodeId } from '../../../values/ids.ts';
import { Conversation, ConversationEdge, conversationEdgeOf } from '../../conversation/schema/ref.ts';
import { type ConversationRow, conversationSource } from '../../conversation/store/rows.ts';
import { decodePosition, type EventPosition, encodePosition } from '../../event/store/position.ts';
import type { EventRow } from '../../event/store/rows.ts';
import { Message, MessageEdge, messageEdgeOf } from '../../message/schema/ref.ts';
import { type MessageRow, messageSource } from '../../message/store/rows.ts';

export const conversationField = {
  type: Conversation,
  nullable: true,
  description: 'The current state of the conversation; null if it no longer exists or the change concerns the whole organization.',
  resolve: (event: Pick<EventRow, 'conversationId'>, _args: object, context: Context) => rowOfConversation(event, context),
} as const;

export const messageField = {
  type: Message,
  nullable: true,
  description: 'The current state of the message; null if it no longer exists or the change concerns no single message.',
  resolve: (event: EventRow, _args: object, context: Context) => messageOf(event, context),
} as const;

export const messageEdgeField = {
  type: MessageEdge,
  nullable: true,
  description:
    'The recorded message with its cursor in the default order of `Conversation.messages`, to be added to a list on a client. Null for every other change, and if the message no longer exists.',
  resolve: async (event: EventRow, _args: object, context: Context) =>
    event.kind === 'MESSAGE_RECORDED' ? messageEdgeOf(await messageOf(event, context)) : null,
} as const;

export const conversationEdgeField = {
  type: ConversationEdge,
  nullable: true,
  description:
    'The created conversation with its cursor in the default order of `conversations`, to be added to a list on a client. Null for every other change, and if the conversation no longer exists.',
  resolve: async (event: EventRow, _args: object, context: Context) =>
    event.kind === 'CONVERSATION_CREATED' ? conversationEdgeOf(await rowOfConversation(event, context)) : null,
} as const;

export const occurredAtField = {
  type: 'DateTime',
  description: 'The time of the change at the gateway. The cursors give the order: a later change may have an earlier time.',
  resolve: ({ occurredAt }: EventRow) => occurredAt,
} as const;

export const cursorOf = (event: EventRow) => encodePosition(event);

/** Returns the position of a cursor. @throws BAD_USER_INPUT if it is no cursor of events */
export function readPosition(field: string, cursor: string | null | undefined): EventPosition | null {
  if (cursor == null) return null;
  const position = decodePosition(cursor);
  if (position === null) throw badInput(field, 'is no cursor of changes or live events: pass one unchanged');
  return position;
}

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

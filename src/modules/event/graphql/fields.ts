// What changes and live events have in common: the ids, and what they name as it is now.
import type { Context } from '../../../graphql/context.ts';
import { encodeId } from '../../../ids.ts';
import { Conversation } from '../../conversation/ref.ts';
import { type ConversationRow, conversationSource } from '../../conversation/rows.ts';
import { Message } from '../../message/ref.ts';
import { type MessageRow, messageSource } from '../../message/rows.ts';
import { encodePosition } from '../position.ts';
import type { EventRow } from '../rows.ts';

export const conversationField = {
  type: Conversation,
  nullable: true,
  description: 'The conversation as it is now; null where it is gone, or the change is about the organization.',
  resolve: ({ conversationId }: Pick<EventRow, 'conversationId'>, _args: object, { loaders }: Context) =>
    conversationId === null ? null : loaders.row<ConversationRow>(conversationSource, conversationId),
} as const;

export const messageField = {
  type: Message,
  nullable: true,
  description: 'The message as it is now, redacted like any other; null where it is gone, or the change is not about one.',
  resolve: ({ messageId }: EventRow, _args: object, { loaders }: Context) =>
    messageId === null ? null : loaders.row<MessageRow>(messageSource, messageId),
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

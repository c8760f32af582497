import type { Channel } from '../../../generated/prisma/enums.ts';
import type { Context } from '../../../graphql/context.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import type { Changed } from '../../conversation/schema/change-conversation.ts';
import { changedConversation } from '../../conversation/schema/payload.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { SendTypingIndicatorPayload } from '../../conversation/schema/send-typing-indicator.ts';
import { SetChatBackgroundPayload } from '../../conversation/schema/set-chat-background.ts';
import type { ConversationRow } from '../../conversation/store/rows.ts';
import { type MessageRow, messageSource } from '../store/rows.ts';
import { ChannelEnum } from './enums.ts';
import { preview } from './preview.ts';
import { Message } from './ref.ts';

builder.objectFields(Conversation, (t) => ({
  lastMessage: t.field({
    type: Message,
    nullable: true,
    description: 'The latest message; null where there is none.',
    resolve: (conversation, _args, context) => lastMessage(conversation, context),
  }),
  lastMessagePreview: t.string({
    nullable: true,
    description: 'The first 160 characters of the latest message’s body, never half an emoji; null where that is gone or there is none.',
    resolve: async (conversation, _args, context) => {
      const message = await lastMessage(conversation, context);
      return message?.body == null ? null : preview(message.body);
    },
  }),
}));

const channel = {
  type: ChannelEnum,
  nullable: true as const,
  description: 'What its latest message travelled by; null where there is none.',
  resolve: async (changed: Changed<unknown>, _args: object, context: Context): Promise<Channel | null> => {
    const message = await lastMessage(await changedConversation(changed, context), context);
    return message?.channel ?? null;
  },
};

builder.objectField(SetChatBackgroundPayload, 'channel', (t) => t.field(channel));
builder.objectField(SendTypingIndicatorPayload, 'channel', (t) => t.field(channel));

function lastMessage({ lastMessageId }: ConversationRow, { loaders }: Context): Promise<MessageRow | null> | null {
  return lastMessageId === null ? null : loaders.row(messageSource, lastMessageId);
}

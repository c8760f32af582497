import type { Channel } from '../../../generated/prisma/enums.ts';
import type { Context } from '../../../graphql/context.ts';
import { existing } from '../../../graphql/existing.ts';
import { ChannelEnum } from '../../message/enums.ts';
import { type MessageRow, messageSource } from '../../message/rows.ts';
import { Conversation } from '../ref.ts';
import { type ConversationRow, conversationSource } from '../rows.ts';
import type { Changed } from './change-conversation.ts';

/** The conversation that was changed, as it is now. */
export async function changedConversation({ uuid }: Changed<unknown>, { loaders }: Context): Promise<ConversationRow> {
  return existing(await loaders.row<ConversationRow>(conversationSource, uuid));
}

// Fields of payloads.

export const conversation = {
  type: Conversation,
  description: 'As it is now. Scope: conversations:read.',
  resolve: (changed: Changed<unknown>, _args: object, context: Context) => changedConversation(changed, context),
};

export const channel = {
  type: ChannelEnum,
  nullable: true as const,
  description: 'What its latest message travelled by; null where there is none.',
  resolve: async (changed: Changed<unknown>, _args: object, context: Context): Promise<Channel | null> => {
    const { lastMessageId } = await changedConversation(changed, context);
    const message = lastMessageId === null ? null : await context.loaders.row<MessageRow>(messageSource, lastMessageId);
    return message?.channel ?? null;
  },
};

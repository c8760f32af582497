import { needs } from '../../../database/needed-columns.ts';
import type { Channel } from '../../../generated/prisma/enums.ts';
import type { Context } from '../../../graphql/context.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { type Changed, changedConversation } from '../../conversation/schema/change-conversation.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { SendTypingIndicatorPayload } from '../../conversation/schema/send-typing-indicator.ts';
import { SetChatBackgroundPayload } from '../../conversation/schema/set-chat-background.ts';
import { type ConversationRow, conversationSource } from '../../conversation/store/rows.ts';
import { type MessageRow, messageSource } from '../store/rows.ts';
import { ChannelEnum } from './enums.ts';
import { Message } from './ref.ts';

const previewLength = 160;
/** So many characters that are one grapheme cluster each, because none is combined with the next. */
const plain = new RegExp(`^[ -~]{${previewLength + 1}}`);
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

const latest = needs(conversationSource, 'lastMessageId');

builder.objectFields(Conversation, (t) => ({
  lastMessage: t.field({
    type: Message,
    nullable: true,
    description: 'The latest message; null if there is none.',
    extensions: { needs: latest },
    resolve: (conversation, _args, context) => lastMessage(conversation, context),
  }),
  lastMessagePreview: t.string({
    nullable: true,
    description:
      'The first 160 characters of the latest message’s body; an emoji is never cut. Null if there is no message, or if it has no body or is redacted or deleted.',
    extensions: { needs: [...latest, ...needs(messageSource, 'body')] },
    resolve: async (conversation, _args, context) => {
      const message = await lastMessage(conversation, context);
      return message?.body == null ? null : preview(message.body);
    },
  }),
}));

const channel = {
  type: ChannelEnum,
  nullable: true as const,
  description: 'The channel of the conversation’s latest message; null if there is none.',
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

/** Returns the first 160 grapheme clusters of a body, so that no emoji is cut and no letter loses its accent. */
function preview(body: string): string {
  if (body.length <= previewLength) return body;
  // Forty times as fast as the segmenter.
  if (plain.test(body)) return body.slice(0, previewLength);
  let end = 0;
  let count = 0;
  for (const { index, segment } of graphemes.segment(body)) {
    if (count === previewLength) break;
    end = index + segment.length;
    count += 1;
  }
  return body.slice(0, end);
}

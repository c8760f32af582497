import type { Context } from '../../../graphql/context.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { type ConversationRow, conversationSource } from '../store/rows.ts';
import type { Changed } from './change-conversation.ts';
import { Conversation } from './ref.ts';

/** The conversation that was changed, as it is now. */
export async function changedConversation({ uuid }: Changed<unknown>, { loaders }: Context): Promise<ConversationRow> {
  return existing(await loaders.row(conversationSource, uuid));
}

// Fields of payloads.

export const conversation = {
  type: Conversation,
  description: 'As it is now. Scope: conversations:read.',
  resolve: (changed: Changed<unknown>, _args: object, context: Context) => changedConversation(changed, context),
};

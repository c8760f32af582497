import { builder } from '../../../graphql/schema/builder.ts';
import { markConversationRead } from '../commands/mark-read.ts';
import { authScopes, changeConversation, conversation } from './change-conversation.ts';
import { Conversation } from './ref.ts';

builder.relayMutationField(
  'markConversationRead',
  {
    description: 'Which conversation was read, and how far.',
    inputFields: (t) => ({
      id: t.globalID({ for: Conversation, required: true, description: 'Which conversation.' }),
      through: t.field({
        type: 'DateTime',
        description:
          'Inbound messages later than this stay unread; null: now. Nothing later than both now and the latest message is taken.',
      }),
    }),
  },
  {
    description: `Counts a conversation as read through an instant, which never moves back.`,
    authScopes,
    resolve: (_parent, { input: { id, through } }, context, info) =>
      changeConversation(context, info, { id }, (...which) => markConversationRead(...which, through ?? null)),
  },
  { description: 'A conversation after it was read.', outputFields: (t) => ({ conversation: t.field(conversation) }) },
);

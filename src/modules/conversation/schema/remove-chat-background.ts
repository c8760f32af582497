import { builder } from '../../../graphql/schema/builder.ts';
import { setBackground } from '../commands/set-background.ts';
import { authScopes, changeConversation, conversation, onlyTypes } from './change-conversation.ts';
import { Conversation } from './ref.ts';

builder.relayMutationField(
  'removeChatBackground',
  {
    description: 'Where to take the background away.',
    inputFields: (t) => ({
      conversationId: t.globalID({ for: Conversation, required: true, description: 'Which conversation.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Shows nothing behind a conversation.`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, types } }, context, info) =>
      changeConversation(context, info, { id, types }, (...which) => setBackground(...which, null)),
  },
  {
    description: 'A conversation without a background.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      changed: t.boolean({ description: 'False where there was none.', resolve: ({ result }) => result }),
    }),
  },
);

import { builder } from '../../../graphql/schema/builder.ts';
import { setBackground } from '../commands/set-background.ts';
import { authScopes, changeConversation, conversation, onlyTypes } from './change-conversation.ts';
import { Conversation } from './ref.ts';

builder.relayMutationField(
  'removeChatBackground',
  {
    description: 'Input of `removeChatBackground`.',
    inputFields: (t) => ({
      conversationId: t.globalID({ for: Conversation, required: true, description: 'The global id of the conversation.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: 'Removes the background of a conversation.',
    authScopes,
    resolve: (_parent, { input: { conversationId: id, types } }, context, info) =>
      changeConversation(context, info, { id, types }, (database, organizationId, uuid) =>
        setBackground(database, organizationId, uuid, null),
      ),
  },
  {
    description: 'Payload of `removeChatBackground`.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      changed: t.boolean({ description: 'True if a background was removed; false if there was none.', resolve: ({ result }) => result }),
    }),
  },
);

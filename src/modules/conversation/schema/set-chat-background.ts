import { builder } from '../../../graphql/schema/builder.ts';
import { setBackground } from '../commands/set-background.ts';
import { backgroundOf } from '../store/rows.ts';
import { authScopes, changeConversation, changedConversation, conversation, onlyTypes } from './change-conversation.ts';
import { ChatBackground, Conversation } from './ref.ts';

export const { payloadType: SetChatBackgroundPayload } = builder.relayMutationField(
  'setChatBackground',
  {
    description: 'Input of `setChatBackground`.',
    inputFields: (t) => ({
      conversationId: t.globalID({ for: Conversation, required: true, description: 'The global id of the conversation.' }),
      imageUrl: t.field({ type: 'URL', required: true, description: 'The URL of the picture: at most 4,096 characters.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Sets the picture behind a conversation. Setting the current picture changes nothing.`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, imageUrl, types } }, context, info) =>
      changeConversation(context, info, { id, types }, (database, organizationId, uuid) =>
        setBackground(database, organizationId, uuid, imageUrl),
      ),
  },
  {
    description: 'Payload of `setChatBackground`.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      background: t.field({
        type: ChatBackground,
        nullable: true,
        description: 'The current background; null if it was removed in the meantime.',
        resolve: async (changed, _args, context) => backgroundOf(await changedConversation(changed, context)),
      }),
      changed: t.boolean({
        description: 'True if the picture is new; false if it was already the background.',
        resolve: ({ result }) => result,
      }),
    }),
  },
);

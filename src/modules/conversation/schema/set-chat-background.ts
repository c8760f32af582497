import { builder } from '../../../graphql/schema/builder.ts';
import { setBackground } from '../commands/set-background.ts';
import { backgroundOf } from '../store/rows.ts';
import { authScopes, changeConversation, changedConversation, conversation, onlyTypes } from './change-conversation.ts';
import { ChatBackground, Conversation } from './ref.ts';

export const { payloadType: SetChatBackgroundPayload } = builder.relayMutationField(
  'setChatBackground',
  {
    description: 'The picture to show behind a conversation.',
    inputFields: (t) => ({
      conversationId: t.globalID({ for: Conversation, required: true, description: 'Which conversation.' }),
      imageUrl: t.field({ type: 'URL', required: true, description: 'Where the picture lies; at most 4,096 characters.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Shows a picture behind a conversation; the one that is there already changes nothing.`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, imageUrl, types } }, context, info) =>
      changeConversation(context, info, { id, types }, (...which) => setBackground(...which, imageUrl)),
  },
  {
    description: 'A conversation with its background.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      background: t.field({
        type: ChatBackground,
        nullable: true,
        description: 'What is shown now; null where it was taken away meanwhile.',
        resolve: async (changed, _args, context) => backgroundOf(await changedConversation(changed, context)),
      }),
      changed: t.boolean({ description: 'False where that picture was there already.', resolve: ({ result }) => result }),
    }),
  },
);

import { builder } from '../../../graphql/builder.ts';
import { sendTypingIndicator } from '../send-typing.ts';
import { authScopes, changeConversation, needs, onlyTypes } from './change-conversation.ts';
import { channel, conversation } from './payload.ts';

builder.relayMutationField(
  'sendTypingIndicator',
  {
    description: 'Where somebody is typing.',
    inputFields: (t) => ({
      conversationId: t.id({ required: true, description: 'Which conversation.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Tells whoever is listening that somebody is typing in a conversation; nothing is kept. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, types } }, context, info) =>
      changeConversation(context, info, { field: 'conversationId', id, types }, sendTypingIndicator),
  },
  {
    description: 'A typing indicator that was sent.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      channel: t.field(channel),
      sentAt: t.field({ type: 'DateTime', description: 'When it was sent.', resolve: ({ result }) => result }),
    }),
  },
);

import { builder } from '../../../graphql/schema/builder.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { sendTypingIndicator } from '../commands/send-typing.ts';
import { authScopes, changeConversation, needs, onlyTypes } from './change-conversation.ts';
import { conversation } from './payload.ts';

export const { payloadType: SendTypingIndicatorPayload } = builder.relayMutationField(
  'sendTypingIndicator',
  {
    description: 'Input of `sendTypingIndicator`.',
    inputFields: (t) => ({
      conversationId: t.id({ required: true, description: 'Which conversation.' }),
      isTyping: t.boolean({ description: 'False: they stopped typing. Null or absent: they are typing.' }),
      participantId: t.id({
        description: 'The global id of the participant who types: a contact or a person, for instance. Null: not said.',
      }),
      agentId: t.id({ description: 'The global id of the agent that types; not together with `participantId`. Null: not said.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Notifies the subscribers of \`typing\` that somebody is typing in a conversation, or stopped. Nothing is stored, and nothing is sent to the contact. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, isTyping, participantId, agentId, types } }, context, info) => {
      const typing = {
        isTyping: isTyping ?? true,
        participantId: participantId == null ? null : readId('input.participantId', 'Participant', participantId),
        agentId: agentId == null ? null : readId('input.agentId', 'Agent', agentId),
      };
      return changeConversation(context, info, { field: 'conversationId', id, types }, (...which) => sendTypingIndicator(...which, typing));
    },
  },
  {
    description: 'A typing indicator that was sent.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      sentAt: t.field({ type: 'DateTime', description: 'When it was sent.', resolve: ({ result }) => result.at }),
      until: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When it ends unless it is sent again; null where it says that typing stopped.',
        resolve: ({ result }) => result.until,
      }),
    }),
  },
);

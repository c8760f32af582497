import { builder } from '../../../graphql/schema/builder.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { Participant } from '../../participant/schema/ref.ts';
import { sendTypingIndicator } from '../commands/send-typing.ts';
import { authScopes, changeConversation, conversation, onlyTypes } from './change-conversation.ts';
import { Conversation } from './ref.ts';

export const { payloadType: SendTypingIndicatorPayload } = builder.relayMutationField(
  'sendTypingIndicator',
  {
    description: 'Input of `sendTypingIndicator`.',
    inputFields: (t) => ({
      conversationId: t.globalID({ for: Conversation, required: true, description: 'The global id of the conversation.' }),
      isTyping: t.boolean({ description: 'True: somebody is typing. False: they stopped. Default true, also for null.' }),
      participantId: t.globalID({
        for: Participant,
        description: 'The global id of the participant who is typing, such as a contact or a person. Null: nobody is named.',
      }),
      agentId: t.globalID({
        for: Agent,
        description: 'The global id of the agent that is typing; not together with `participantId`. Null: nobody is named.',
      }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Notifies the subscribers of \`typing\` that somebody is typing in a conversation or stopped. Nothing is stored, and nothing is sent to the contact.`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, isTyping, participantId, agentId, types } }, context, info) => {
      const typing = {
        isTyping: isTyping ?? true,
        participantId: participantId?.id ?? null,
        agentId: agentId?.id ?? null,
      };
      return changeConversation(context, info, { id, types }, (database, organizationId, uuid) =>
        sendTypingIndicator(database, organizationId, uuid, typing),
      );
    },
  },
  {
    description: 'Payload of `sendTypingIndicator`.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      sentAt: t.field({ type: 'DateTime', description: 'The time at which the indicator was sent.', resolve: ({ result }) => result.at }),
      until: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'The time at which the indicator ends unless it is sent again; null if it says that typing stopped.',
        resolve: ({ result }) => result.until,
      }),
    }),
  },
);

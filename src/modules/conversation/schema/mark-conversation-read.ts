import { builder } from '../../../graphql/schema/builder.ts';
import { markConversationRead } from '../commands/mark-read.ts';
import { authScopes, changeConversation, conversation } from './change-conversation.ts';
import { Conversation } from './ref.ts';

builder.relayMutationField(
  'markConversationRead',
  {
    description: 'Input of `markConversationRead`.',
    inputFields: (t) => ({
      id: t.globalID({ for: Conversation, required: true, description: 'The global id of the conversation.' }),
      through: t.field({
        type: 'DateTime',
        description:
          'The time through which the conversation was read; later inbound messages remain unread. At most now or the time of the latest message, whichever is later. Null: now.',
      }),
    }),
  },
  {
    description: 'Marks a conversation as read through a time. The time never moves back.',
    authScopes,
    resolve: (_parent, { input: { id, through } }, context, info) =>
      changeConversation(context, info, { id }, (database, organizationId, uuid) =>
        markConversationRead(database, organizationId, uuid, through ?? null),
      ),
  },
  { description: 'Payload of `markConversationRead`.', outputFields: (t) => ({ conversation: t.field(conversation) }) },
);

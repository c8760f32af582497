import { builder } from '../../../graphql/schema/builder.ts';
import { updateConversation } from '../commands/update.ts';
import { authScopes, changeConversation, conversation, onlyTypes } from './change-conversation.ts';
import { Conversation } from './ref.ts';

builder.relayMutationField(
  'updateConversation',
  {
    description: 'Input of `updateConversation`. Absent fields remain unchanged.',
    inputFields: (t) => ({
      id: t.globalID({ for: Conversation, required: true, description: 'The global id of the conversation.' }),
      metadata: t.field({
        type: 'JSONObject',
        description:
          'A JSON object that replaces the whole metadata. Null clears it. At most 16 KiB of JSON, at most 8 levels deep, integers from -(2^53-1) to 2^53-1.',
      }),
      title: t.string({ description: 'The title, of a workplace chat only: 1 to 1,000 characters. Null clears it.' }),
      archived: t.boolean({ description: 'True archives the conversation, false takes it out of the archive. Null: unchanged.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Changes the title, the metadata or the archived state of a conversation.`,
    authScopes,
    resolve: (_parent, { input: { id, types, ...changes } }, context, info) =>
      changeConversation(context, info, { id, types }, (database, organizationId, uuid) =>
        updateConversation(database, organizationId, uuid, changes),
      ),
  },
  { description: 'Payload of `updateConversation`.', outputFields: (t) => ({ conversation: t.field(conversation) }) },
);

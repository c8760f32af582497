import { builder } from '../../../graphql/schema/builder.ts';
import { updateConversation } from '../commands/update.ts';
import { authScopes, changeConversation, conversation, onlyTypes } from './change-conversation.ts';
import { Conversation } from './ref.ts';

builder.relayMutationField(
  'updateConversation',
  {
    description: 'What to change of a conversation; what is absent stays as it is.',
    inputFields: (t) => ({
      id: t.globalID({ for: Conversation, required: true, description: 'Which conversation.' }),
      metadata: t.field({
        type: 'JSONObject',
        description:
          'Replaces all that programs keep with it; null clears it. At most 16 KiB of JSON, nested at most 8 levels deep, whole numbers within 2^53-1.',
      }),
      title: t.string({ description: 'Of a workplace chat only: 1 to 1,000 characters; null clears it.' }),
      archived: t.boolean({ description: 'Whether it is put away; null: as it is.' }),
      types: t.field(onlyTypes),
    }),
  },
  {
    description: `Changes what people and programs set on a conversation.`,
    authScopes,
    resolve: (_parent, { input: { id, types, ...wanted } }, context, info) =>
      changeConversation(context, info, { id, types }, (...which) => updateConversation(...which, wanted)),
  },
  { description: 'A conversation after a change.', outputFields: (t) => ({ conversation: t.field(conversation) }) },
);

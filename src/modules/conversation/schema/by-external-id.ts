import { builder } from '../../../graphql/schema/builder.ts';
import { readExternalId } from '../../../graphql/schema/shared-arguments.ts';
import { conversationByExternalId } from '../store/rows.ts';
import { Conversation } from './ref.ts';

builder.queryField('conversationByExternalId', (t) =>
  t.field({
    type: Conversation,
    nullable: true,
    description: 'The workplace chat with this external id; null if the organization has none.',
    authScopes: { scope: 'conversations:read' },
    extensions: { needs: [] },
    args: {
      externalId: t.arg.string({
        required: true,
        description: 'The external id of the chat, as given with recorded messages: 1 to 200 characters.',
      }),
    },
    resolve: (_parent, { externalId }, { loaders }) => loaders.row(conversationByExternalId, readExternalId(externalId)),
  }),
);

import { builder } from '../../../graphql/schema/builder.ts';
import { readExternalId } from '../../../graphql/schema/shared-arguments.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { externalKey, messageByExternalId } from '../store/rows.ts';
import { Message } from './ref.ts';

builder.queryField('messageByExternalId', (t) =>
  t.field({
    type: Message,
    nullable: true,
    description: 'The message with this external id in a conversation; null if the organization has none.',
    authScopes: { scope: 'conversations:read' },
    extensions: { needs: [] },
    args: {
      conversationId: t.arg.globalID({
        for: Conversation,
        required: true,
        description: 'The global id of the conversation: external ids of messages are unique in one conversation only.',
      }),
      externalId: t.arg.string({ required: true, description: 'The external id of the message: 1 to 200 characters.' }),
    },
    resolve: (_parent, { conversationId, externalId }, { loaders }) =>
      loaders.row(messageByExternalId, externalKey(conversationId.id, readExternalId(externalId))),
  }),
);

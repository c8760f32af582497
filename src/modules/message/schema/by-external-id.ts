import { builder } from '../../../graphql/schema/builder.ts';
import { readExternalId } from '../../../graphql/schema/external-id.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { externalKey, messageByExternalId } from '../store/rows.ts';
import { Message } from './ref.ts';

builder.queryField('messageByExternalId', (t) =>
  t.field({
    type: Message,
    nullable: true,
    description: 'The message with this external id in a conversation; null where the organization has none. Scope: conversations:read.',
    authScopes: { scope: 'conversations:read' },
    args: {
      conversationId: t.arg.id({ required: true, description: 'The global id of the conversation: external ids are unique in it only.' }),
      externalId: t.arg.string({ required: true, description: 'The id that the message was recorded with: 1 to 200 characters.' }),
    },
    resolve: (_parent, { conversationId, externalId }, { loaders }) => {
      const uuid = readId('conversationId', 'Conversation', conversationId);
      return loaders.row(messageByExternalId, externalKey(uuid, readExternalId(externalId)));
    },
  }),
);

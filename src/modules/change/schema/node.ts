import { builder } from '../../../graphql/schema/builder.ts';
import { positionOf, uuidOf } from '../../event/store/position.ts';
import { eventsKeptDays } from '../../event/store/read-page.ts';
import { eventSource, keyOf } from '../../event/store/rows.ts';
import { ChangeKindEnum } from './change-kind.ts';
import { conversationField, conversationIdOf, messageField, messageIdOf, occurredAtField } from './fields.ts';

import { Change } from './ref.ts';

builder.node(Change, {
  description: `A change of a conversation, a message or the retention window. It never changes itself, and it is kept for ${eventsKeptDays} days or more.`,
  authScopes: { scope: 'conversations:read' },
  id: { resolve: uuidOf },
  loadWithoutCache: (uuid, { loaders }) => {
    const position = positionOf(uuid);
    return position && loaders.row(eventSource, keyOf(position));
  },
  fields: (t) => ({
    changeKind: t.expose('kind', { type: ChangeKindEnum, description: 'The kind of the change.' }),
    occurredAt: t.field(occurredAtField),
    conversationId: t.id({
      nullable: true,
      description: 'The global id of the conversation, even if it no longer exists; null if the change concerns the whole organization.',
      resolve: conversationIdOf,
    }),
    currentConversation: t.field(conversationField),
    messageId: t.id({
      nullable: true,
      description: 'The global id of the message, even if it no longer exists; null if the change concerns no single message.',
      resolve: messageIdOf,
    }),
    currentMessage: t.field(messageField),
  }),
});

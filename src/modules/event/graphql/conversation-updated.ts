import type { EventKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/builder.ts';
import type { LiveEvent } from '../live/feed.ts';
import { conversationField, conversationIdOf, cursorOf, messageField, messageIdOf, occurredAtField } from './fields.ts';
import { ChangeKindEnum } from './ref.ts';
import { afterDescription, shown, subscribeTo } from './subscribe.ts';

/** Whatever changes how a conversation looks, what is in it included. */
const kinds: readonly EventKind[] = [
  'CONVERSATION_CREATED',
  'CONVERSATION_UPDATED',
  'MESSAGE_RECORDED',
  'MESSAGE_UPDATED',
  'MESSAGE_DELETED',
  'MESSAGE_REDACTED',
];

const ConversationUpdatedEvent = builder.objectRef<LiveEvent>('ConversationUpdatedEvent').implement({
  description: 'A conversation that changed, or something in it.',
  fields: (t) => ({
    cursor: t.string({ description: 'Where it stands: pass it as `after` to go on from here.', resolve: cursorOf }),
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'What happened.' }),
    occurredAt: t.field(occurredAtField),
    conversationId: t.id({ nullable: true, description: 'The global id of the conversation.', resolve: conversationIdOf }),
    conversation: t.field(conversationField),
    messageId: t.id({ nullable: true, description: 'The global id of the message; null where it is not about one.', resolve: messageIdOf }),
    message: t.field(messageField),
  }),
});

builder.subscriptionField('conversationUpdated', (t) =>
  t.field({
    type: ConversationUpdatedEvent,
    description:
      'Every change of one conversation or of all, and of the messages in them: recorded, updated, deleted, redacted. A change of the retention window comes by `changes`. Scope: conversations:read.',
    authScopes: { scope: 'conversations:read' },
    args: {
      conversationId: t.arg.id({ description: 'Of this conversation only.' }),
      after: t.arg.string({ description: afterDescription }),
    },
    subscribe: (_root, args, context) => subscribeTo(kinds, args, context),
    resolve: (taken, _args, context) => shown(taken, context),
  }),
);

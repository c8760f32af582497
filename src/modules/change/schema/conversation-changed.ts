import { badInput } from '../../../errors.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import type { LiveEvent } from '../live/feed.ts';
import { ChangeKindEnum, readKinds } from './change-kind.ts';
import {
  conversationEdgeField,
  conversationField,
  conversationIdOf,
  cursorOf,
  messageEdgeField,
  messageField,
  messageIdOf,
  occurredAtField,
} from './fields.ts';
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

const ConversationChangedEvent = builder.objectRef<LiveEvent>('ConversationChangedEvent').implement({
  description: 'A conversation that changed, or something in it.',
  fields: (t) => ({
    cursor: t.string({ description: 'Where it stands: pass it as `after` to go on from here.', resolve: cursorOf }),
    changeKind: t.expose('kind', { type: ChangeKindEnum, description: 'What happened.' }),
    occurredAt: t.field(occurredAtField),
    conversationId: t.id({ nullable: true, description: 'The global id of the conversation.', resolve: conversationIdOf }),
    conversation: t.field(conversationField),
    conversationEdge: t.field(conversationEdgeField),
    messageId: t.id({ nullable: true, description: 'The global id of the message; null where it is not about one.', resolve: messageIdOf }),
    message: t.field(messageField),
    messageEdge: t.field(messageEdgeField),
  }),
});

builder.subscriptionField('conversationChanged', (t) =>
  t.field({
    type: ConversationChangedEvent,
    description:
      'Every change of one conversation or of all, and of the messages in them: recorded, updated, deleted, redacted. A change of the retention window comes by `changes`.',
    authScopes: { scope: 'conversations:read' },
    args: {
      conversationId: t.arg.globalID({ for: Conversation, description: 'Of this conversation only.' }),
      kinds: t.arg({
        type: [ChangeKindEnum],
        description: 'Only changes of these kinds, at least one; null: of every kind but RETENTION_CHANGED, which is refused here.',
      }),
      after: t.arg.string({ description: afterDescription }),
    },
    subscribe: (_root, { kinds: wanted, ...args }, context) => subscribeTo(checkedKinds(wanted) ?? kinds, args, context),
    resolve: (taken, _args, context) => shown(taken, context),
  }),
);

function checkedKinds(wanted: readonly EventKind[] | null | undefined): EventKind[] | null {
  const read = readKinds('kinds', wanted);
  const index = wanted?.findIndex((kind) => !kinds.includes(kind)) ?? -1;
  if (index >= 0) throw badInput(`kinds[${index}]`, 'is a change of the organization: query `changes` for it');
  return read;
}

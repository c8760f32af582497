import { badInput } from '../../../errors.ts';
import type { EventKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
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
import { afterDescription, conversationIdArgument, shown, subscribeTo } from './subscribe.ts';

/** The kinds that concern a conversation or its messages. */
const kinds: readonly EventKind[] = [
  'CONVERSATION_CREATED',
  'CONVERSATION_UPDATED',
  'MESSAGE_RECORDED',
  'MESSAGE_UPDATED',
  'MESSAGE_DELETED',
  'MESSAGE_REDACTED',
];

const ConversationChangedEvent = builder.objectRef<LiveEvent>('ConversationChangedEvent').implement({
  description: 'A change of a conversation or of a message in it.',
  fields: (t) => ({
    cursor: t.string({ description: 'The cursor of the event: pass it as `after` to continue from here.', resolve: cursorOf }),
    changeKind: t.expose('kind', { type: ChangeKindEnum, description: 'The kind of the change.' }),
    occurredAt: t.field(occurredAtField),
    conversationId: t.id({ nullable: true, description: 'The global id of the conversation.', resolve: conversationIdOf }),
    conversation: t.field(conversationField),
    conversationEdge: t.field(conversationEdgeField),
    messageId: t.id({
      nullable: true,
      description: 'The global id of the message; null if the change concerns no single message.',
      resolve: messageIdOf,
    }),
    message: t.field(messageField),
    messageEdge: t.field(messageEdgeField),
  }),
});

builder.subscriptionField('conversationChanged', (t) =>
  t.field({
    type: ConversationChangedEvent,
    description:
      'The changes of one conversation or of all, and of their messages: recorded, updated, deleted, redacted. `changes` also has the changes of the retention window.',
    authScopes: { scope: 'conversations:read' },
    args: {
      conversationId: t.arg.globalID(conversationIdArgument),
      kinds: t.arg({
        type: [ChangeKindEnum],
        description: 'Only changes of these kinds, at least one. Null: every kind but RETENTION_CHANGED, which is refused here.',
      }),
      after: t.arg.string({ description: afterDescription }),
    },
    subscribe: (_root, { kinds: requested, ...args }, context) => subscribeTo(checkedKinds(requested) ?? kinds, args, context),
    resolve: (event, _args, context) => shown(event, context),
  }),
);

function checkedKinds(requested: readonly EventKind[] | null | undefined): EventKind[] | null {
  const read = readKinds('kinds', requested);
  const index = requested?.findIndex((kind) => !kinds.includes(kind)) ?? -1;
  if (index >= 0) throw badInput(`kinds[${index}]`, 'concerns the organization: query `changes` for this kind');
  return read;
}

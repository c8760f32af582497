import { builder } from '../../../graphql/schema/builder.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import type { LiveEvent } from '../live/feed.ts';
import { conversationField, cursorOf, messageEdgeField, messageField, messageIdOf, occurredAtField } from './fields.ts';
import { afterDescription, shown, subscribeTo } from './subscribe.ts';

const MessageRecordedEvent = builder.objectRef<LiveEvent>('MessageRecordedEvent').implement({
  description: 'A message that was recorded.',
  fields: (t) => ({
    cursor: t.string({ description: 'Where it stands: pass it as `after` to go on from here.', resolve: cursorOf }),
    occurredAt: t.field(occurredAtField),
    messageId: t.id({ nullable: true, description: 'The global id of the message.', resolve: messageIdOf }),
    message: t.field(messageField),
    messageEdge: t.field(messageEdgeField),
    conversation: t.field(conversationField),
  }),
});

builder.subscriptionField('messageRecorded', (t) =>
  t.field({
    type: MessageRecordedEvent,
    description: 'Every message that is recorded, by whichever way, in one conversation or in all.',
    authScopes: { scope: 'conversations:read' },
    args: {
      conversationId: t.arg.globalID({ for: Conversation, description: 'Of this conversation only.' }),
      after: t.arg.string({ description: afterDescription }),
    },
    subscribe: (_root, args, context) => subscribeTo(['MESSAGE_RECORDED'], args, context),
    resolve: (taken, _args, context) => shown(taken, context),
  }),
);

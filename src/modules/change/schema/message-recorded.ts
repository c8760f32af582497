import { builder } from '../../../graphql/schema/builder.ts';
import type { LiveEvent } from '../live/feed.ts';
import { conversationField, cursorOf, messageEdgeField, messageField, messageIdOf, occurredAtField } from './fields.ts';
import { afterDescription, conversationIdArgument, shown, subscribeTo } from './subscribe.ts';

const MessageRecordedEvent = builder.objectRef<LiveEvent>('MessageRecordedEvent').implement({
  description: 'A recorded message.',
  fields: (t) => ({
    cursor: t.string({ description: 'The cursor of the event: pass it as `after` to continue from here.', resolve: cursorOf }),
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
    description: 'The messages that are recorded, by any API or import, in one conversation or in all.',
    authScopes: { scope: 'conversations:read' },
    args: {
      conversationId: t.arg.globalID(conversationIdArgument),
      after: t.arg.string({ description: afterDescription }),
    },
    subscribe: (_root, args, context) => subscribeTo(['MESSAGE_RECORDED'], args, context),
    resolve: (event, _args, context) => shown(event, context),
  }),
);

import { builder } from '../../../graphql/builder.ts';
import { readId } from '../../../graphql/read-id.ts';
import type { LiveTyping } from '../live/live.ts';
import { conversationField } from './fields.ts';
import { ownerOf, shown } from './subscribe.ts';

const TypingEvent = builder.objectRef<LiveTyping>('TypingEvent').implement({
  description: 'Somebody is typing. It is not kept: who does not listen at the moment misses it.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was sent.' }),
    conversation: t.field(conversationField),
  }),
});

builder.subscriptionField('typing', (t) =>
  t.field({
    type: TypingEvent,
    description: 'Whenever somebody types in a conversation, from now on. Scope: conversations:read.',
    authScopes: { scope: 'conversations:read' },
    args: { conversationId: t.arg.id({ required: true, description: 'Which conversation.' }) },
    subscribe: async (_root, { conversationId }, context) =>
      context.live.followTyping(ownerOf(context), readId('conversationId', 'Conversation', conversationId)),
    resolve: (taken, _args, context) => shown(taken, context),
  }),
);

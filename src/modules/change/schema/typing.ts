import { builder } from '../../../graphql/schema/builder.ts';
import { encodeId } from '../../../values/ids.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { agentSource } from '../../agent/store/rows.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { typingSeconds } from '../../event/store/typing.ts';
import { Participant } from '../../participant/schema/ref.ts';
import { participantSource } from '../../participant/store/rows.ts';
import type { LiveTyping } from '../live/typing.ts';
import { conversationField } from './fields.ts';
import { ownerOf, shown } from './subscribe.ts';

const TypingEvent = builder.objectRef<LiveTyping>('TypingEvent').implement({
  description:
    'A typing indicator: somebody is typing or stopped. It is not stored, so only clients that are subscribed at the time receive it.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'The time at which the indicator was sent.' }),
    isTyping: t.boolean({ description: 'True if somebody is typing; false if they stopped.', resolve: ({ until }) => until !== null }),
    until: t.expose('until', {
      type: 'DateTime',
      nullable: true,
      description: `The time at which the indicator ends, ${typingSeconds} seconds after \`at\`, unless another event comes before. No event announces the end. Null if they stopped.`,
    }),
    participant: t.field({
      type: Participant,
      nullable: true,
      description: 'The participant who is typing, such as the contact or a person; null if the sender named none.',
      resolve: ({ participantId }, _args, { loaders }) => (participantId === null ? null : loaders.row(participantSource, participantId)),
    }),
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent that is typing; null if the sender named none.',
      resolve: ({ agentId }, _args, { loaders }) => (agentId === null ? null : loaders.row(agentSource, agentId)),
    }),
    conversationId: t.id({
      description: 'The global id of the conversation.',
      resolve: ({ conversationId }) => encodeId('Conversation', conversationId),
    }),
    conversation: t.field(conversationField),
  }),
});

builder.subscriptionField('typing', (t) =>
  t.field({
    type: TypingEvent,
    description: 'Live typing indicators in one conversation or in all.',
    authScopes: { scope: 'conversations:read' },
    args: {
      conversationId: t.arg.globalID({
        for: Conversation,
        description: 'The global id of a conversation: only its indicators. Null: those of all conversations.',
      }),
    },
    subscribe: async (_root, { conversationId }, context) => context.live.subscribeToTyping(ownerOf(context), conversationId?.id ?? null),
    resolve: (event, _args, context) => shown(event, context),
  }),
);

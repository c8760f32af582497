import { builder } from '../../../graphql/schema/builder.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { encodeId } from '../../../values/ids.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { agentSource } from '../../agent/store/rows.ts';
import { typingSeconds } from '../../event/store/typing.ts';
import { Participant } from '../../participant/schema/ref.ts';
import { participantSource } from '../../participant/store/rows.ts';
import type { LiveTyping } from '../live/typing.ts';
import { conversationField } from './fields.ts';
import { ownerOf, shown } from './subscribe.ts';

const TypingEvent = builder.objectRef<LiveTyping>('TypingEvent').implement({
  description: 'Somebody is typing, or stopped. It is not stored: a client that does not listen at the moment misses it.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was sent.' }),
    isTyping: t.boolean({ description: 'False where they stopped.', resolve: ({ until }) => until !== null }),
    until: t.expose('until', {
      type: 'DateTime',
      nullable: true,
      description: `Null where they stopped. Else the instant, ${typingSeconds} seconds after \`at\`, at which they no longer count as typing unless another event comes before: no event says so then.`,
    }),
    participant: t.field({
      type: Participant,
      nullable: true,
      description: 'The participant who types, such as the contact or a person; null where the sender named none.',
      resolve: ({ participantId }, _args, { loaders }) => (participantId === null ? null : loaders.row(participantSource, participantId)),
    }),
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent that types; null where the sender named none.',
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
    description: 'Who begins to type and who stops, from now on, in one conversation or in all. Scope: conversations:read.',
    authScopes: { scope: 'conversations:read' },
    args: { conversationId: t.arg.id({ description: 'Of this conversation only; null: of all.' }) },
    subscribe: async (_root, { conversationId }, context) =>
      context.live.subscribeToTyping(
        ownerOf(context),
        conversationId == null ? null : readId('conversationId', 'Conversation', conversationId),
      ),
    resolve: (taken, _args, context) => shown(taken, context),
  }),
);

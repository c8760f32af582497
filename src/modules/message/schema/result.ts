import { builder } from '../../../graphql/schema/builder.ts';
import { encodeId } from '../../../values/ids.ts';
import { conversationEdgeOf } from '../../conversation/schema/edge.ts';
import { ConversationEdge } from '../../conversation/schema/ref.ts';
import { conversationSource } from '../../conversation/store/rows.ts';
import type { MessageResult } from '../commands/apply-each.ts';
import { messageSource } from '../store/rows.ts';
import { messageEdgeOf } from './edge.ts';
import { Message, MessageEdge } from './ref.ts';

const Outcome = builder.enumType('MessageOutcome', {
  description: 'The outcome for one message of a mutation.',
  values: {
    CREATED: { description: 'The message was stored for the first time.' },
    UPDATED: { description: 'The message was already stored, and was changed.' },
    SKIPPED: { description: 'The message was already stored, and nothing changed.' },
    REFUSED: { description: 'The message or update is invalid and changed nothing. The others were applied.' },
  },
});

const Code = builder.enumType('MessageRefusalCode', {
  description: 'The reason why a message or an update is refused.',
  values: {
    MISSING: { description: 'A required field is missing.' },
    INVALID: {
      description: 'A value breaks the rules of its field: its format, length or range, or text that cannot be stored.',
    },
    CONTRADICTORY: { description: 'Given fields exclude each other.' },
    NOT_FOUND: {
      description: 'The organization has no such message. If it is recorded later, the update can be repeated.',
    },
    CONFLICT: {
      description: 'The item contradicts stored data or an earlier item: the type of its conversation, or the direction of its message.',
    },
  },
});

const Result = builder.objectRef<MessageResult>('MessageResult').implement({
  description: 'The result for one message of a mutation.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: Outcome, description: 'The outcome for this message.' }),
    code: t.field({
      type: Code,
      nullable: true,
      description: 'The reason of a refusal, for programs; null unless the outcome is REFUSED.',
      resolve: (result) => (result.outcome === 'REFUSED' ? result.code : null),
    }),
    field: t.string({
      nullable: true,
      description: 'The input field at fault, such as `input.messages[3].createdAt`; null unless the outcome is REFUSED.',
      resolve: (result) => (result.outcome === 'REFUSED' ? `input.${result.field}` : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason of a refusal, for people; null unless the outcome is REFUSED.',
      resolve: (result) => (result.outcome === 'REFUSED' ? result.reason : null),
    }),
    messageId: t.id({
      nullable: true,
      description: 'The global id of the message; null if the outcome is REFUSED. A key without conversations:read may select it.',
      resolve: (result) => (result.outcome === 'REFUSED' ? null : encodeId('Message', result.messageId)),
    }),
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The message after the change; null if the outcome is REFUSED.',
      resolve: (result, _args, { loaders }) => (result.outcome === 'REFUSED' ? null : loaders.row(messageSource, result.messageId)),
    }),
    messageEdge: t.field({
      type: MessageEdge,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      description:
        'The message with its cursor in the default order of `Conversation.messages`, to be added to a list on a client; null if the outcome is REFUSED.',
      resolve: async (result, _args, { loaders }) =>
        result.outcome === 'REFUSED' ? null : messageEdgeOf(await loaders.row(messageSource, result.messageId)),
    }),
    conversationEdge: t.field({
      type: ConversationEdge,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      description:
        'The conversation that was created with this message, with its cursor in the default order of `conversations`. Null if it already existed, or if the outcome is REFUSED.',
      resolve: async (result, _args, { loaders }) => {
        const id = result.outcome === 'REFUSED' ? null : result.createdConversationId;
        return id === null ? null : conversationEdgeOf(await loaders.row(conversationSource, id));
      },
    }),
  }),
});

/** The results of a mutation of several messages. */
export const results = {
  type: [Result] as [typeof Result],
  description: 'The result for each message, in the order of the input.',
  resolve: (result: MessageResult[]) => result,
};

import { builder } from '../../../graphql/schema/builder.ts';
import { encodeId } from '../../../values/ids.ts';
import { ConversationEdge, conversationEdgeOf } from '../../conversation/schema/ref.ts';
import { conversationSource } from '../../conversation/store/rows.ts';
import type { MessageResult } from '../commands/apply-each.ts';
import { messageSource } from '../store/rows.ts';
import { Message, MessageEdge, messageEdgeOf } from './ref.ts';

const Outcome = builder.enumType('MessageOutcome', {
  description: 'The outcome of one item of a list of messages or updates.',
  values: {
    CREATED: { description: 'The message was created.' },
    UPDATED: { description: 'The message was already stored, and the item changed it.' },
    SKIPPED: { description: 'The message was already stored, and the item changed nothing.' },
    REFUSED: { description: 'The item was refused and changed nothing. The other items were applied.' },
  },
});

const Code = builder.enumType('MessageRefusalCode', {
  description: 'The kind of problem for which an item is refused.',
  values: {
    MISSING: { description: 'A field is missing that the other fields require.' },
    INVALID: {
      description: 'A value breaks the rules of its field: its format, length or range, or text that cannot be stored.',
    },
    CONTRADICTORY: { description: 'Two fields exclude each other.' },
    NOT_FOUND: {
      description: 'The organization has no such message. If it is recorded later, the update can be repeated.',
    },
    CONFLICT: {
      description: 'The item contradicts stored data or an earlier item: the type of its conversation, or the direction of its message.',
    },
  },
});

const Result = builder.objectRef<MessageResult>('MessageResult').implement({
  description: 'The result of one item of a list of messages or updates.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: Outcome, description: 'The outcome.' }),
    code: t.field({
      type: Code,
      nullable: true,
      description: 'The kind of problem, for programs; null unless the outcome is REFUSED.',
      resolve: (result) => (result.outcome === 'REFUSED' ? result.code : null),
    }),
    field: t.string({
      nullable: true,
      description: 'The refused field, such as `input.messages[3].createdAt`; null unless the outcome is REFUSED.',
      resolve: (result) => (result.outcome === 'REFUSED' ? `input.${result.field}` : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason of the refusal; null unless the outcome is REFUSED.',
      resolve: (result) => (result.outcome === 'REFUSED' ? result.reason : null),
    }),
    messageId: t.id({
      nullable: true,
      description: 'The global id of the message; null if the item is refused. It needs no further scope.',
      resolve: (result) => (result.outcome === 'REFUSED' ? null : encodeId('Message', result.messageId)),
    }),
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The current message; null if the item is refused.',
      resolve: (result, _args, { loaders }) => (result.outcome === 'REFUSED' ? null : loaders.row(messageSource, result.messageId)),
    }),
    messageEdge: t.field({
      type: MessageEdge,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      description:
        'The message with its cursor in the default order of `Conversation.messages`, for a list that the client shows; null if the item is refused.',
      resolve: async (result, _args, { loaders }) =>
        result.outcome === 'REFUSED' ? null : messageEdgeOf(await loaders.row(messageSource, result.messageId)),
    }),
    conversationEdge: t.field({
      type: ConversationEdge,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      description:
        'The conversation that was created with this message, with its cursor in the default order of `conversations`; null if it existed before, or if the item is refused.',
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
  description: 'The result of each item, in the order of the items.',
  resolve: (result: MessageResult[]) => result,
};

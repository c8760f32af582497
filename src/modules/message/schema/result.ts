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
  description: 'What became of one message of several.',
  values: {
    CREATED: { description: 'It is new here.' },
    UPDATED: { description: 'It was here, and something of it changed.' },
    SKIPPED: { description: 'It was here, and says nothing new.' },
    REFUSED: { description: 'It does not fit, and changed nothing; the others went on.' },
  },
});

const Code = builder.enumType('MessageRefusalCode', {
  description: 'The kind of problem that a message, or an update of one, is refused for.',
  values: {
    MISSING: { description: 'A field is not given that is required beside the others.' },
    INVALID: {
      description: 'A value breaks the rules of its field: its format, length or range, or text that cannot be stored.',
    },
    CONTRADICTORY: { description: 'Fields are given that exclude each other.' },
    NOT_FOUND: {
      description: 'The organization has no such message. It may be recorded later: then the update can be sent again.',
    },
    CONFLICT: {
      description:
        'The item contradicts what is stored, or an earlier item: the type of its conversation, or the direction of its message.',
    },
  },
});

const Result = builder.objectRef<MessageResult>('MessageResult').implement({
  description: 'What became of one message of several.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: Outcome, description: 'What was done.' }),
    code: t.field({
      type: Code,
      nullable: true,
      description: 'The kind of problem, for programs; null unless the outcome is REFUSED.',
      resolve: (result) => (result.outcome === 'REFUSED' ? result.code : null),
    }),
    field: t.string({
      nullable: true,
      description: 'Where it is refused, what for: as `input.messages[3].createdAt`. Else null.',
      resolve: (result) => (result.outcome === 'REFUSED' ? `input.${result.field}` : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'Where it is refused, why. Else null.',
      resolve: (result) => (result.outcome === 'REFUSED' ? result.reason : null),
    }),
    messageId: t.id({
      nullable: true,
      description: 'The message’s global id, for a key that may not read, too; null where it is refused.',
      resolve: (result) => (result.outcome === 'REFUSED' ? null : encodeId('Message', result.messageId)),
    }),
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The message as it is now; null where it is refused. Scope: conversations:read.',
      resolve: (result, _args, { loaders }) => (result.outcome === 'REFUSED' ? null : loaders.row(messageSource, result.messageId)),
    }),
    messageEdge: t.field({
      type: MessageEdge,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      description:
        'The message with its cursor in the default order of `Conversation.messages`, to be added to a list that is shown; null where it is refused. Scope: conversations:read.',
      resolve: async (result, _args, { loaders }) =>
        result.outcome === 'REFUSED' ? null : messageEdgeOf(await loaders.row(messageSource, result.messageId)),
    }),
    conversationEdge: t.field({
      type: ConversationEdge,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      description:
        'The conversation that began with this message, with its cursor in the default order of `conversations`; null where it had begun before, or the message is refused. Scope: conversations:read.',
      resolve: async (result, _args, { loaders }) => {
        const id = result.outcome === 'REFUSED' ? null : result.createdConversationId;
        return id === null ? null : conversationEdgeOf(await loaders.row(conversationSource, id));
      },
    }),
  }),
});

/** A field of the payloads of mutations on several messages. */
export const results = {
  type: [Result] as [typeof Result],
  description: 'What became of each, in the order given.',
  resolve: (result: MessageResult[]) => result,
};

import { maxCountedText } from '../../../database/count.ts';
import { badInput, refuseNulls } from '../../../errors.ts';
import { FieldInfo } from '../../../graphql/execution/compiled/info.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { offsetDescription } from '../../../graphql/schema/page-arguments.ts';
import { orderings } from '../../../values/cursor.ts';
import { type ConversationFilter, filterConditions, filterTotal } from '../store/filter.ts';
import { conversationByNumber, conversationSource } from '../store/rows.ts';
import { ConversationFilterInput, ConversationOrderInput } from './list-inputs.ts';
import { Conversation, ConversationEdge } from './ref.ts';

/** An order of the list, as in `KeysetQuery` and `Ordering`. */
interface OrderedBy {
  mark: number;
  flagMark?: number;
  flag?: string;
  time: string;
  timeField: 'createdAt' | 'lastMessageAt';
}

const orderFields = {
  LAST_MESSAGE_AT: { mark: orderings.conversationLastMessageAt, time: 'c.last_message_at', timeField: 'lastMessageAt' },
  CREATED_AT: { mark: orderings.conversationCreatedAt, time: 'c.created_at', timeField: 'createdAt' },
  UNREAD: {
    mark: orderings.conversationRead,
    flagMark: orderings.conversationUnread,
    flag: '(c.unread_count > 0)',
    time: 'c.last_message_at',
    timeField: 'lastMessageAt',
  },
} as const;

builder.queryField('conversation', (t) =>
  t.field({
    type: Conversation,
    nullable: true,
    description: 'The conversation with this id or number; null if the organization has none. Exactly one of the two must be given.',
    authScopes: { scope: 'conversations:read' },
    extensions: { needs: [] },
    args: {
      id: t.arg.globalID({ for: Conversation, description: 'The global id of the conversation.' }),
      number: t.arg({
        type: 'SafeInt',
        description: 'The integer id of the conversation, `Conversation.number`. No conversation has a number below 1.',
      }),
    },
    resolve: (_parent, { id, number }, { loaders }, info) => {
      if ((id == null) === (number == null)) throw badInput('id', 'give either id or number');
      if (id != null) {
        if (info instanceof FieldInfo) info.readAhead(id.id);
        return loaders.row(conversationSource, id.id);
      }
      return loaders.row(conversationByNumber, String(number));
    },
  }),
);

builder.queryField('conversations', (t) =>
  t.connection(
    {
      type: Conversation,
      description: 'The organization’s conversations, the latest message first unless `orderBy` is given.',
      authScopes: { scope: 'conversations:read' },
      extensions: { needs: [] },
      args: {
        offset: t.arg.int({ description: offsetDescription }),
        filter: t.arg({ type: ConversationFilterInput, description: 'A filter of the list. Null: all conversations.' }),
        orderBy: t.arg({ type: ConversationOrderInput, description: 'The order of the list. Null: by LAST_MESSAGE_AT, descending.' }),
      },
      resolve: (_parent, { filter, orderBy, ...args }, context, info) => {
        const { organizationId } = viewerOf(context);
        const conditions = readFilter(filter ?? {});
        const { time, timeField, flag, ...marks }: OrderedBy = orderFields[orderBy?.field ?? 'LAST_MESSAGE_AT'];
        return resolveConnection(
          context,
          {
            source: conversationSource,
            ordering: { ...marks, descending: orderBy?.direction !== 'ASC' },
            time,
            timeField,
            ...(flag && { flag }),
            where: (bind, organization) => filterConditions(conditions, bind, organization),
            total: selects(info, 'totalCount') ? (bind, filtered) => filterTotal(conditions, bind, filtered) : null,
          },
          args,
          organizationId,
        );
      },
    },
    {
      name: 'ConversationConnection',
      description: `A page of conversations. \`totalCount\` is exact without a filter and with \`types\` alone; with other filters it counts up to ${maxCountedText}.`,
    },
    ConversationEdge,
  ),
);

function readFilter(filter: typeof ConversationFilterInput.$inferInput): ConversationFilter {
  refuseNulls('filter', filter);
  const { phoneNumberId, agentId, types } = filter;
  return {
    ...filter,
    // A repeated type would be compared with every conversation.
    types: types && [...new Set(types)],
    phoneNumberId: phoneNumberId?.id,
    agentId: agentId?.id,
  };
}

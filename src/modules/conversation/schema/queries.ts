import { badInput, refuseNulls } from '../../../errors.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { offsetDescription, resolveConnection } from '../../../graphql/schema/connection.ts';
import { OrderDirection } from '../../../graphql/schema/order.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { orderings } from '../../../values/cursor.ts';
import { longestSearch } from '../../../values/search-text.ts';
import { type ConversationFilter, filterConditions, filterTotal } from '../store/filter.ts';
import { conversationByNumber, conversationSource } from '../store/rows.ts';
import { Conversation, ConversationEdge, ConversationTypeEnum } from './ref.ts';

const MetadataFilter = builder.inputType('MetadataFilter', {
  description: 'A key of the metadata of a conversation and the value that it must have.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'A key of the object itself, not of one in it.' }),
    value: t.field({
      type: 'JSON',
      description:
        'The value, of the same type: `1` is not `"1"`; null is a null that is stored. Must be given. An object matches if the stored one has all its keys with these values, a list if the stored one has all its items. At most 10 values in all, and with the key at most 16 KiB of JSON.',
    }),
  }),
});

const Filter = builder.inputType('ConversationFilter', {
  description: 'Which conversations: those that fit every field given. A field must not be null: leave it out.',
  fields: (t) => ({
    phoneNumberId: t.id({ description: 'On this number of the organization.' }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'Only conversations with the contact of this address.' }),
    agentId: t.id({ description: 'Answered by this agent.' }),
    unassigned: t.boolean({ description: 'True: no agent answers it. False: an agent does.' }),
    since: t.field({ type: 'DateTime', description: 'Whose latest message came at this instant or later.' }),
    optedIn: t.boolean({ description: 'By the contact’s latest answer; a conversation without one matches neither value.' }),
    types: t.field({ type: [ConversationTypeEnum], description: 'Of one of these types.' }),
    archived: t.boolean({ description: 'Whether it was put away.' }),
    unread: t.boolean({ description: 'Whether it has unread messages.' }),
    metadata: t.field({ type: MetadataFilter, description: 'Whose metadata has this key with this value. Costs as much as a search.' }),
    query: t.string({
      description: `Whose title, contact’s address, or the name of one of its participants, has this text in it, without regard to case, accents and width. At most ${longestSearch} characters, counted as in \`MessageFilter.query\`; an empty text is in every one.`,
    }),
  }),
});

/** An order of the list: see `KeysetQuery` and `Ordering`. */
interface OrderedBy {
  mark: number;
  flagMark?: number;
  flag?: string;
  time: string;
}

const orderFields = {
  LAST_MESSAGE_AT: { mark: orderings.conversationLastMessageAt, time: 'c.last_message_at' },
  CREATED_AT: { mark: orderings.conversationCreatedAt, time: 'c.created_at' },
  UNREAD: {
    mark: orderings.conversationRead,
    flagMark: orderings.conversationUnread,
    flag: '(c.unread_count > 0)',
    time: 'c.last_message_at',
  },
} as const;

const OrderField = builder.enumType('ConversationOrderField', {
  description: 'What conversations can be ordered by; ties go by id.',
  values: {
    LAST_MESSAGE_AT: { description: 'The latest message’s instant.' },
    CREATED_AT: { description: 'The first message’s instant.' },
    UNREAD: {
      description:
        'Whether the conversation has unread messages, then the latest message’s instant: with DESC the unread ones come first, in each part the latest message first. A conversation that is read, or gets a message, moves at once; a page after a cursor has every other one in its place.',
    },
  },
});

const Order = builder.inputType('ConversationOrder', {
  description: 'The order of a list of conversations.',
  fields: (t) => ({
    field: t.field({ type: OrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
});

builder.queryField('conversation', (t) =>
  t.field({
    type: Conversation,
    nullable: true,
    description: 'The conversation with this id or number, one of them; null where the organization has none. Scope: conversations:read.',
    authScopes: { scope: 'conversations:read' },
    args: {
      id: t.arg.id({ description: 'Its global id.' }),
      number: t.arg({ type: 'SafeInt', description: 'Its integer id; null for one that cannot be, 0 or less.' }),
    },
    resolve: (_parent, { id, number }, { loaders }) => {
      if ((id == null) === (number == null)) throw badInput('id', 'give either id or number');
      if (id != null) return loaders.row(conversationSource, readId('id', 'Conversation', id));
      return loaders.row(conversationByNumber, String(number));
    },
  }),
);

builder.queryField('conversations', (t) =>
  t.connection(
    {
      type: Conversation,
      description: 'The organization’s conversations, the latest message first unless ordered otherwise. Scope: conversations:read.',
      authScopes: { scope: 'conversations:read' },
      args: {
        offset: t.arg.int({ description: offsetDescription }),
        filter: t.arg({ type: Filter, description: 'Only those that fit.' }),
        orderBy: t.arg({ type: Order, description: 'Another order than the latest message first.' }),
      },
      resolve: (_parent, { filter, orderBy, ...args }, context, info) => {
        const { organizationId } = viewerOf(context);
        const wanted = readFilter(filter ?? {});
        const { time, flag, ...marks }: OrderedBy = orderFields[orderBy?.field ?? 'LAST_MESSAGE_AT'];
        return resolveConnection(
          context,
          {
            source: conversationSource,
            ordering: { ...marks, descending: orderBy?.direction !== 'ASC' },
            time,
            ...(flag && { flag }),
            where: (bind, organization) => filterConditions(wanted, bind, organization),
            total: selects(info, 'totalCount') ? (bind, filtered) => filterTotal(wanted, bind, filtered) : null,
          },
          args,
          organizationId,
        );
      },
    },
    {
      name: 'ConversationConnection',
      description:
        'Conversations, page by page. `totalCount` is exact without a filter or by types alone; with others it counts up to 10,000.',
    },
    ConversationEdge,
  ),
);

function readFilter(filter: typeof Filter.$inferInput): ConversationFilter {
  refuseNulls('filter', filter);
  const { phoneNumberId, agentId, types } = filter;
  return {
    ...filter,
    // What is repeated would be compared with every conversation again.
    types: types && [...new Set(types)],
    phoneNumberId: phoneNumberId == null ? null : readId('filter.phoneNumberId', 'PhoneNumber', phoneNumberId),
    agentId: agentId == null ? null : readId('filter.agentId', 'Agent', agentId),
  };
}

import { orderings } from '../../cursor.ts';
import { builder } from '../../graphql/builder.ts';
import { resolveConnection } from '../../graphql/connection.ts';
import { OrderDirection } from '../../graphql/order.ts';
import { connectionPrice } from '../../graphql/price.ts';
import { Conversation } from '../conversation/ref.ts';
import { Message, MessageConnection } from './ref.ts';
import { type MessageRow, messageSource } from './rows.ts';

const OrderField = builder.enumType('MessageOrderField', {
  description: 'What messages can be ordered by; ties go by id.',
  values: { CREATED_AT: { description: 'When they were sent.' } },
});

const Order = builder.inputType('MessageOrder', {
  description: 'The order of a list of messages.',
  fields: (t) => ({
    field: t.field({ type: OrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
});

builder.objectField(Conversation, 'messages', (t) =>
  t.connection(
    {
      type: Message,
      description: 'Its messages, the oldest first unless ordered otherwise.',
      complexity: connectionPrice,
      args: { orderBy: t.arg({ type: Order, description: 'Another order than the oldest first.' }) },
      resolve: async (conversation, { orderBy, ...args }, context) => {
        const page = await resolveConnection<MessageRow>(
          context,
          {
            key: '',
            source: messageSource,
            ordering: { mark: orderings.messageCreatedAt, descending: orderBy?.direction === 'DESC' },
            time: 'm.created_at',
            where: () => [],
            total: null,
          },
          args,
          conversation.id,
        );
        for (const { node } of page.edges) node.conversation = conversation;
        // The kept counter, already at hand.
        return { ...page, totalCount: conversation.messageCount };
      },
    },
    MessageConnection,
  ),
);

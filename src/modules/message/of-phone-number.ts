import { builder } from '../../graphql/builder.ts';
import { resolveConnection, resolveTies } from '../../graphql/connection.ts';
import { selects } from '../../graphql/selection.ts';
import { PhoneNumber } from '../phone-number/ref.ts';
import { MessageFilterInput, MessageOrderInput } from './inputs.ts';
import { messageListing } from './listing.ts';
import { Message, MessageConnection } from './ref.ts';
import { type MessageRow, messageSource } from './rows.ts';

const messagesOfPhoneNumber = { ...messageSource, parent: 'm.phone_number_id' };

builder.objectField(PhoneNumber, 'messages', (t) =>
  t.connection(
    {
      type: Message,
      description: 'The messages of all its conversations, the newest first unless ordered otherwise. `totalCount` counts up to 10,000.',
      args: {
        withTies: t.arg.boolean({ description: 'Never splits messages of one instant, as in `Conversation.messages`.' }),
        filter: t.arg({ type: MessageFilterInput, description: 'Only those that fit.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'Another order than the newest first.' }),
      },
      resolve: ({ id }, { withTies, filter, orderBy, ...args }, context, info) => {
        const descending = orderBy?.direction !== 'ASC';
        const listing = messageListing(messagesOfPhoneNumber, { filter }, descending, selects(info, 'totalCount'));
        return withTies ? resolveTies<MessageRow>(context, listing, args, id) : resolveConnection<MessageRow>(context, listing, args, id);
      },
    },
    MessageConnection,
  ),
);

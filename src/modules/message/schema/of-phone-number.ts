import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/check-payload.ts';
import { resolveConnection } from '../../../graphql/schema/connection.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { PhoneNumber } from '../../phone-number/schema/ref.ts';
import { messageListing } from '../store/listing.ts';
import { messagesOfPhoneNumber } from '../store/rows.ts';
import { checkMessageList, type MessageListArguments } from './list-arguments.ts';
import { MessageFilterInput, MessageOrderInput } from './list-inputs.ts';
import { Message, MessageConnection } from './ref.ts';

builder.objectField(PhoneNumber, 'messages', (t) =>
  t.connection(
    {
      type: Message,
      description: 'The messages of all its conversations, the newest first unless ordered otherwise. `totalCount` counts up to 10,000.',
      args: {
        filter: t.arg({ type: MessageFilterInput, description: 'Only those that fit.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'Another order than the newest first.' }),
      },
      extensions: argumentsOfPayload((args: MessageListArguments) => checkMessageList(args, 'DESC')),
      resolve: ({ id }, { filter, orderBy, ...args }, context, info) => {
        const descending = orderBy?.direction !== 'ASC';
        const listing = messageListing(
          messagesOfPhoneNumber,
          { filter, searchSalt: viewerOf(context).searchSalt },
          descending,
          selects(info, 'totalCount'),
        );
        return resolveConnection(context, listing, args, id);
      },
    },
    MessageConnection,
  ),
);

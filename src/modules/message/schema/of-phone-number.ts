import { maxCountedText } from '../../../database/count.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
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
      description: `The messages of all conversations of this phone number, newest first unless \`orderBy\` is given. \`totalCount\` counts up to ${maxCountedText}.`,
      args: {
        filter: t.arg({ type: MessageFilterInput, description: 'A filter of the list. Null: all messages.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'The order of the list. Null: by CREATED_AT, descending.' }),
      },
      extensions: { needs: [], ...argumentsOfPayload((args: MessageListArguments) => checkMessageList(args, 'DESC')) },
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

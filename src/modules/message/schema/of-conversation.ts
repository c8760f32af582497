import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/check-payload.ts';
import { continuesPage, resolveAround, resolveConnection } from '../../../graphql/schema/connection.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { messageListing } from '../store/listing.ts';
import { messageSource } from '../store/rows.ts';
import { checkMessageList, type MessageListArguments, onlyInQueries } from './list-arguments.ts';
import { MessageFilterInput, MessageOrderInput } from './list-inputs.ts';
import { Message, MessageConnection } from './ref.ts';

interface Arguments extends MessageListArguments {
  around?: string | null;
  aroundNumber?: number | null;
}

builder.objectField(Conversation, 'messages', (t) =>
  t.connection(
    {
      type: Message,
      description: 'Its messages, the oldest first unless ordered otherwise.',
      args: {
        around: t.arg.id({
          description:
            'The page around this message, itself included: `first` or `last`, one of them, counts the whole page, split as evenly as the ends allow. Ignored where `after` or `before` is given, so that a client continues the page with this argument unchanged. NOT_FOUND where the message is not in this list.',
        }),
        aroundNumber: t.arg({ type: 'SafeInt', description: 'As `around`, by the message’s integer id.' }),
        filter: t.arg({ type: MessageFilterInput, description: 'Only those that fit.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'Another order than the oldest first.' }),
      },
      extensions: argumentsOfPayload(({ around, aroundNumber, ...args }: Arguments) => {
        const refused = continuesPage(args) ? {} : { around, aroundNumber };
        for (const [name, value] of Object.entries(refused)) if (value != null) throw onlyInQueries(name);
        checkMessageList(args, 'ASC');
      }),
      resolve: async (conversation, { around, aroundNumber, filter, orderBy, ...args }, context, info) => {
        const descending = orderBy?.direction === 'DESC';
        const listing = messageListing(
          messageSource,
          { filter, searchSalt: viewerOf(context).searchSalt },
          descending,
          filter != null && selects(info, 'totalCount'),
        );
        const pivot = continuesPage(args) ? null : readPivot(around, aroundNumber);
        const page =
          pivot === null
            ? await resolveConnection(context, listing, args, conversation.id)
            : await resolveAround(context, listing, args, pivot, conversation.id);
        for (const { node } of page.edges) node.conversation = conversation;
        // Without a filter the kept counter is already at hand.
        return filter ? page : { ...page, totalCount: conversation.messageCount };
      },
    },
    MessageConnection,
  ),
);

function readPivot(around: string | null | undefined, aroundNumber: number | null | undefined) {
  if (around != null) return { column: 'm.id', type: 'uuid' as const, value: readId('around', 'Message', around) };
  return aroundNumber == null ? null : { column: 'm.number', type: 'bigint' as const, value: aroundNumber };
}

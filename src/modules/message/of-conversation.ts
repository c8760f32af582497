import { builder } from '../../graphql/builder.ts';
import { type Connection, resolveAround, resolveConnection, resolveTies } from '../../graphql/connection.ts';
import { readId } from '../../graphql/read-id.ts';
import { selects } from '../../graphql/selection.ts';
import { Conversation } from '../conversation/ref.ts';
import { MessageFilterInput, MessageOrderInput } from './inputs.ts';
import { messageListing } from './listing.ts';
import { Message, MessageConnection } from './ref.ts';
import { type MessageRow, messageSource } from './rows.ts';

builder.objectField(Conversation, 'messages', (t) =>
  t.connection(
    {
      type: Message,
      description: 'Its messages, the oldest first unless ordered otherwise.',
      args: {
        around: t.arg.id({
          description:
            'The page around this message, itself included: `first` counts the whole page, split as evenly as the ends allow. Not with `last`, `after`, `before` or `withTies`. NOT_FOUND where it is not in this list.',
        }),
        aroundNumber: t.arg({ type: 'SafeInt', description: 'As `around`, by the message’s integer id.' }),
        withTies: t.arg.boolean({
          description:
            'Never splits messages of one instant: the page goes on past `first` or `last` until they are all there, by up to 1,000. For clients that page by time alone, with `filter.before` and `filter.after` instead of cursors.',
        }),
        filter: t.arg({ type: MessageFilterInput, description: 'Only those that fit.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'Another order than the oldest first.' }),
      },
      resolve: async (conversation, { around, aroundNumber, withTies, filter, orderBy, ...args }, context, info) => {
        const descending = orderBy?.direction === 'DESC';
        const listing = messageListing(messageSource, { filter }, descending, filter != null && selects(info, 'totalCount'));
        const pivot = readPivot(around, aroundNumber);
        let page: Connection<MessageRow>;
        if (pivot !== null) page = await resolveAround(context, listing, { ...args, withTies }, pivot, conversation.id);
        else if (withTies) page = await resolveTies(context, listing, args, conversation.id);
        else page = await resolveConnection(context, listing, args, conversation.id);
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

import type { GraphQLResolveInfo } from 'graphql';
import type { Pivot } from '../../../database/around.ts';
import { needs } from '../../../database/needed-columns.ts';
import { badInput } from '../../../errors.ts';
import type { Context } from '../../../graphql/context.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { connectionReader, resolveAround, selects } from '../../../graphql/schema/connection.ts';
import { type ConnectionArgs, continuesPage } from '../../../graphql/schema/page-arguments.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { decodeId } from '../../../values/ids.ts';
import { Conversation } from '../../conversation/schema/ref.ts';
import { conversationSource } from '../../conversation/store/rows.ts';
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
      description: 'The messages of the conversation, oldest first unless `orderBy` is given.',
      args: {
        // No globalID: a text that is no id is ignored beside a cursor.
        around: t.arg.id({
          description:
            'The global id of a message: the page contains it, with as many messages before as after it where the ends of the list allow. `first` or `last` is the size of the whole page. Ignored if `after` or `before` is given, so that a client can continue the page without removing this argument. NOT_FOUND if the list does not contain the message.',
        }),
        aroundNumber: t.arg({ type: 'SafeInt', description: 'The integer id of a message, `Message.number`, in place of `around`.' }),
        filter: t.arg({ type: MessageFilterInput, description: 'A filter of the list. Null: all messages.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'The order of the list. Null: by CREATED_AT, ascending.' }),
      },
      extensions: {
        needs: needs(conversationSource, 'messageCount'),
        readAhead: (conversationId: string, args: Arguments & ConnectionArgs, context: Context, info: GraphQLResolveInfo) => {
          // The field itself reports a failure.
          pageReader(args, context, info)(conversationId).catch(() => {});
        },
        ...argumentsOfPayload(({ around, aroundNumber, ...args }: Arguments) => {
          const refused = continuesPage(args) ? {} : { around, aroundNumber };
          for (const [name, value] of Object.entries(refused)) if (value != null) throw onlyInQueries(name);
          checkMessageList(args, 'ASC');
        }),
      },
      resolve: async (conversation, args, context, info) => {
        const page = await pageReader(args, context, info)(conversation.id);
        for (const { node } of page.edges) node.conversation = conversation;
        // Without a filter, the conversation's row already has the count.
        return args.filter ? page : { ...page, totalCount: conversation.messageCount };
      },
    },
    MessageConnection,
  ),
);

function pageReader(args: Arguments & ConnectionArgs, context: Context, info: GraphQLResolveInfo) {
  return context.loaders.ofArguments('Conversation.messages', args, () => readerOf(args, context, info));
}

/** Returns a function that reads the page of any conversation. @throws BAD_USER_INPUT */
function readerOf(
  { around, aroundNumber, filter, orderBy, ...args }: Arguments & ConnectionArgs,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const listing = messageListing(
    messageSource,
    { filter, searchSalt: viewerOf(context).searchSalt },
    orderBy?.direction === 'DESC',
    filter != null && selects(info, 'totalCount'),
  );
  const pivot = continuesPage(args) ? null : readPivot({ around, aroundNumber });
  if (pivot === null) return connectionReader(context, listing, args);
  return (conversationId: string) => resolveAround(context, listing, args, pivot, conversationId);
}

/** Returns the item that the page is around; null if none is given. @throws BAD_USER_INPUT if `around` is no id of a message */
function readPivot({ around, aroundNumber }: Pick<Arguments, 'around' | 'aroundNumber'>): Pivot | null {
  if (around == null) return aroundNumber == null ? null : { column: 'm.number', type: 'bigint', value: aroundNumber };
  const id = decodeId(around);
  if (id?.type !== 'Message') throw badInput('around', 'is no Message id');
  return { column: 'm.id', type: 'uuid', value: id.uuid };
}

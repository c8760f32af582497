import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { encodeCursor } from '../../../values/cursor.ts';
import { messageOrdering } from '../store/listing.ts';
import { MessageOrderInput } from './list-inputs.ts';
import { Message } from './ref.ts';

// A cursor is made of the message's instant and id, which are at hand: no statement.
builder.objectField(Message, 'cursor', (t) =>
  t.string({
    description:
      'The cursor of this message in `Conversation.messages` of its conversation, as an edge of that list has it: pass it there as `after` or `before`, with the same order, to read on from a search hit.',
    args: {
      orderBy: t.arg({ type: MessageOrderInput, description: 'The order of the list; null: the oldest first, as the list has it.' }),
    },
    // Every order has a cursor for every message.
    extensions: argumentsOfPayload(() => {}),
    resolve: ({ createdAt, id }, { orderBy }) => encodeCursor(messageOrdering(orderBy?.direction === 'DESC'), { time: createdAt, id }),
  }),
);

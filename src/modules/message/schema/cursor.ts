import { needs } from '../../../database/needed-columns.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { encodeCursor } from '../../../values/cursor.ts';
import { messageOrdering } from '../store/listing.ts';
import { messageSource } from '../store/rows.ts';
import { MessageOrderInput } from './list-inputs.ts';
import { Message } from './ref.ts';

// The message's row has all that a cursor contains, so this needs no statement.
builder.objectField(Message, 'cursor', (t) =>
  t.string({
    description:
      'The cursor of this message in the list `Conversation.messages` of its conversation. Pass it there as `after` or `before`, with the same order, for example to read on from a search hit.',
    args: {
      orderBy: t.arg({ type: MessageOrderInput, description: 'The order of the list. Null: the default order of the list, oldest first.' }),
    },
    // Every order has a cursor for every message.
    extensions: { needs: needs(messageSource, 'id', 'createdAt'), ...argumentsOfPayload(() => {}) },
    resolve: ({ createdAt, id }, { orderBy }) => encodeCursor(messageOrdering(orderBy?.direction === 'DESC'), { time: createdAt, id }),
  }),
);

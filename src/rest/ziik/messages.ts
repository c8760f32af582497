import { z } from 'zod';
import { ZiikListMessagesDocument } from '../../generated/graphql/graphql.ts';
import { convert, isGiven, or, when } from '../kit/mapping/combine.ts';
import { notNull } from '../kit/present.ts';
import { emptyIsAbsent, searchText } from '../kit/request/parameters.ts';
import { route } from '../kit/route.ts';
import { cursorTo, leadsTo, readCursor, writeCursor } from './cursor.ts';
import { maxReactions, message, messageExample, presentMessage } from './message.ts';
import { idInPath, isInteger, limit } from './parameters.ts';

const query = z
  .object({
    limit,
    starter_message_id: z
      .string()
      .optional()
      .meta({
        type: 'integer',
        description: 'The id of the message to load around; ignored beside `cursor` or `query`.',
        examples: [1],
      }),
    cursor: emptyIsAbsent(
      z.string().refine((cursor) => readCursor(cursor) !== null, 'must be the next_cursor or prev_cursor of a page of this list'),
    ).meta({
      description: 'The `next_cursor` or `prev_cursor` of a page: the list continues there. Empty counts as absent.',
      examples: ['AwABndP15ehaGyw9Tl9niavN7wEjRWeJ.next', 'AwABndP15ehaGyw9Tl9niavN7wEjRWeJ.prev'],
    }),
    query: emptyIsAbsent(searchText).meta({
      description:
        'Full-text search in the bodies of normal messages: each word of the query must begin some word of the body. Empty counts as absent.',
      examples: ['quarterly'],
    }),
  })
  // Beside a cursor or a query the starter is ignored. An empty starter is not an integer, so it is malformed.
  .refine((given) => !startsAround(given) || isInteger(given.starter_message_id), {
    path: ['starter_message_id'],
    error: 'must be an integer',
    when: () => true,
  });

interface Given {
  starter_message_id?: string | undefined;
  cursor?: string | undefined;
  query?: string | undefined;
}

function startsAround(given: Given): given is Given & { starter_message_id: string } {
  return given.starter_message_id !== undefined && given.cursor === undefined && given.query === undefined;
}

export const messagePage = z.strictObject({
  data: z.array(message),
  meta: z.strictObject({ next_cursor: z.string().nullable(), prev_cursor: z.string().nullable() }),
});

export const listMessages = route({
  method: 'GET',
  path: '/conversations/{conversation}/messages',
  summary: 'List messages in a conversation',
  description:
    'Newest first. `next_cursor` leads to older messages, `prev_cursor` to newer ones. With `starter_message_id` the page has that message and those before and after it.',
  document: ZiikListMessagesDocument,
  params: z.object({ conversation: idInPath }),
  query,
  variables: ({ params, query: { limit, cursor, query, starter_message_id } }) => ({
    conversation: params.conversation,
    query,
    reactions: maxReactions,
    first: when(leadsTo('prev', cursor), undefined, limit),
    after: cursorTo('next', cursor),
    last: when(leadsTo('prev', cursor), limit, undefined),
    before: cursorTo('prev', cursor),
    around: when(or(isGiven(cursor), isGiven(query)), undefined, convert(starter_message_id, Number, unchanged)),
  }),
  response: messagePage,
  example: { data: [messageExample], meta: { next_cursor: 'AwABndP15ehaGyw9Tl9niavN7wEjRWeJ.next', prev_cursor: null } },
  present: ({ conversation }) => {
    if (conversation === null) return null;
    const { nodes, pageInfo } = notNull(conversation.messages);
    return {
      data: nodes.map((each) => presentMessage(each, conversation.number)),
      meta: {
        next_cursor: writeCursor('next', pageInfo.hasNextPage, pageInfo.endCursor),
        prev_cursor: writeCursor('prev', pageInfo.hasPreviousPage, pageInfo.startCursor),
      },
    };
  },
});

/** The description gives the parameter its type, so readers have nothing to convert. */
function unchanged(text: string): string {
  return text;
}

import { z } from 'zod';
import { ZiikListMessagesDocument, type ZiikListMessagesQueryVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { searched } from '../kit/searched.ts';
import { emptyIsAbsent } from '../kit/wire.ts';
import { known } from '../kit/words.ts';
import { readTurn, writeTurn } from './cursor.ts';
import { messagePageExample } from './examples.ts';
import { maxReactions, presentMessage } from './message.ts';
import { messagePage } from './shapes.ts';
import { idInPath, isInteger, limit } from './wire.ts';

const query = z
  .object({
    limit,
    starter_message_id: z
      .string()
      .optional()
      .meta({
        type: 'integer',
        description: 'The number of the message to load around; ignored beside `cursor` or `query`.',
        examples: [1],
      }),
    cursor: emptyIsAbsent(
      z.string().refine((cursor) => readTurn(cursor) !== null, 'must be a cursor of this list, as next_cursor or prev_cursor gave it'),
    ).meta({
      description: '`next_cursor` or `prev_cursor` of a page: the list continues there. Empty counts as absent.',
      examples: ['AwABndP15ehaGyw9Tl9niavN7wEjRWeJ.next', 'AwABndP15ehaGyw9Tl9niavN7wEjRWeJ.prev'],
    }),
    query: emptyIsAbsent(searched).meta({
      description:
        'Full-text search in the bodies of normal messages: each word of the query must begin some word of the body. Empty counts as absent.',
      examples: ['quarterly'],
    }),
  })
  // Beside a cursor or a query the starter is ignored. An empty starter is no integer, so it is malformed.
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

export const listMessages = route({
  method: 'GET',
  path: '/conversations/{conversation}/messages',
  summary: 'List messages in a conversation',
  description:
    'Newest first. `next_cursor` leads to older messages, `prev_cursor` to newer ones. With `starter_message_id` the page holds messages before and after that one, itself included.',
  document: ZiikListMessagesDocument,
  params: z.object({ conversation: idInPath }),
  query,
  fields: { first: 'limit', last: 'limit', after: 'cursor', before: 'cursor', aroundNumber: 'starter_message_id', 'filter.query': 'query' },
  variables: ({ params, query }): ZiikListMessagesQueryVariables => ({
    conversation: params.conversation,
    query: query.query,
    reactions: maxReactions,
    ...page(query),
  }),
  recipe: {
    conversation: 'path.conversation',
    query: 'query.query || undefined',
    reactions: maxReactions,
    first: 'query.cursor?.endsWith(".prev") ? undefined : query.limit',
    after: '/^(.*)\\.next$/.exec(query.cursor)?.[1]',
    last: 'query.cursor?.endsWith(".prev") ? query.limit : undefined',
    before: '/^(.*)\\.prev$/.exec(query.cursor)?.[1]',
    around: 'query.cursor || query.query ? undefined : query.starter_message_id',
  },
  response: messagePage,
  example: messagePageExample,
  present: ({ conversation }) => {
    if (conversation === null) return null;
    const { nodes, pageInfo } = known(conversation.messages);
    return {
      data: nodes.map((message) => presentMessage(message, conversation.number)),
      meta: {
        next_cursor: writeTurn('next', pageInfo.hasNextPage, pageInfo.endCursor),
        prev_cursor: writeTurn('prev', pageInfo.hasPreviousPage, pageInfo.startCursor),
      },
    };
  },
});

function page(given: z.output<typeof query>) {
  const turn = given.cursor === undefined ? null : readTurn(given.cursor);
  if (turn?.way === 'next') return { first: given.limit, after: turn.cursor };
  if (turn?.way === 'prev') return { last: given.limit, before: turn.cursor };
  return { first: given.limit, around: startsAround(given) ? Number(given.starter_message_id) : undefined };
}

import { z } from 'zod';
import { ZiikGetConversationDocument, ZiikListConversationsDocument } from '../../generated/graphql/graphql.ts';
import { maxOffset } from '../../values/cursor.ts';
import { choose } from '../kit/mapping/combine.ts';
import { notNull } from '../kit/present.ts';
import { emptyIsAbsent, integerFrom, searchText } from '../kit/request/parameters.ts';
import { route } from '../kit/route.ts';
import { conversation, conversationExample, presentConversation } from './conversation.ts';
import { maxReactions, maxReactionsListed } from './message.ts';
import { numberedPage, numberedPageOf, pageExample, skippedBefore } from './page.ts';
import { idInPath, limit } from './parameters.ts';

const query = z
  .object({
    limit,
    page: integerFrom(1)
      .default(1)
      .describe(
        `The page number, from 1. At most ${maxOffset.toLocaleString('en')} conversations are skipped: the last page number is that divided by \`limit\`, rounded down, plus 1.`,
      ),
    keyword: emptyIsAbsent(searchText).meta({
      description: 'A text that the title or the name of a participant contains. Empty counts as absent.',
      examples: ['Doe'],
    }),
    status: emptyIsAbsent(z.enum(['unread', 'archived', 'normal'], 'must be unread, archived or normal')).meta({
      description: '`unread`: with unread messages. `archived`: archived. `normal`: not archived. Empty counts as absent.',
      examples: ['normal'],
    }),
  })
  .superRefine(({ page, limit }, context) => {
    const last = lastPage(limit);
    if (page > last) context.addIssue({ code: 'custom', path: ['page'], message: `must be from 1 to ${last.toLocaleString('en')}` });
  });

/** The last page number that a client may request. */
function lastPage(limit: number): number {
  return Math.floor(maxOffset / limit) + 1;
}

export const conversationPage = numberedPageOf(conversation);

export const listConversations = route({
  method: 'GET',
  path: '/conversations',
  summary: 'List conversations',
  description: 'A page by its number, the most recently active conversation first.',
  document: ZiikListConversationsDocument,
  params: z.object({}),
  query,
  variables: ({ query }) => ({
    first: query.limit,
    offset: skippedBefore(query.page, query.limit),
    reactions: maxReactionsListed,
    filter: {
      query: query.keyword,
      unread: choose(query.status, { unread: true }),
      archived: choose(query.status, { archived: true, normal: false }),
    },
  }),
  response: conversationPage,
  example: { data: [conversationExample], ...pageExample },
  present: ({ conversations }, { query, url }) => {
    const { nodes, totalCount, pageInfo } = notNull(conversations);
    const place = { page: query.page, limit: query.limit, items: nodes.length, total: totalCount, more: pageInfo.hasNextPage };
    return { data: nodes.map(presentConversation), ...numberedPage(url, place) };
  },
});

export const getConversation = route({
  method: 'GET',
  path: '/conversations/{conversation}',
  summary: 'Get a conversation',
  document: ZiikGetConversationDocument,
  params: z.object({ conversation: idInPath }),
  query: z.object({}),
  variables: ({ params }) => ({ conversation: params.conversation, reactions: maxReactions }),
  response: conversation,
  example: conversationExample,
  present: (data) => data.conversation && presentConversation(data.conversation),
});

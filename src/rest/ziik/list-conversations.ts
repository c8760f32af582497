import { z } from 'zod';
import { ZiikListConversationsDocument, type ZiikListConversationsQueryVariables } from '../../generated/graphql/graphql.ts';
import { maxOffset } from '../../values/cursor.ts';
import { route } from '../kit/route.ts';
import { searched } from '../kit/searched.ts';
import { emptyIsAbsent, integerFrom } from '../kit/wire.ts';
import { known } from '../kit/words.ts';
import { presentConversation } from './conversation.ts';
import { conversationPageExample } from './examples.ts';
import { maxReactionsListed } from './message.ts';
import { numberedPage } from './page.ts';
import { conversationPage } from './shapes.ts';
import { limit } from './wire.ts';

/** The filter of each `status`; without one all conversations are listed. */
const statuses = { unread: { unread: true }, archived: { archived: true }, normal: { archived: false } } as const;

const query = z
  .object({
    limit,
    page: integerFrom(1)
      .default(1)
      .describe(
        `The page number, from 1. At most ${maxOffset.toLocaleString('en')} conversations are skipped: the last page number is that divided by \`limit\`, rounded down, plus 1.`,
      ),
    keyword: emptyIsAbsent(searched).meta({
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

/** The last page number that a client may ask for. */
function lastPage(limit: number): number {
  return Math.floor(maxOffset / limit) + 1;
}

export const listConversations = route({
  method: 'GET',
  path: '/conversations',
  summary: 'List conversations',
  description: 'A page by its number, the most recently active first.',
  document: ZiikListConversationsDocument,
  params: z.object({}),
  query,
  fields: { first: 'limit', offset: 'page', 'filter.query': 'keyword' },
  variables: ({ query }): ZiikListConversationsQueryVariables => ({
    first: query.limit,
    offset: (query.page - 1) * query.limit,
    reactions: maxReactionsListed,
    filter: { query: query.keyword, ...(query.status && statuses[query.status]) },
  }),
  recipe: {
    first: 'query.limit',
    offset: '(query.page - 1) * query.limit',
    reactions: maxReactionsListed,
    filter: {
      query: 'query.keyword || undefined',
      unread: '({ unread: true })[query.status]',
      archived: '({ archived: true, normal: false })[query.status]',
    },
  },
  response: conversationPage,
  example: conversationPageExample,
  present: ({ conversations }, { query, url }) => {
    const { nodes, totalCount, pageInfo } = known(conversations);
    const place = { page: query.page, limit: query.limit, items: nodes.length, total: totalCount, more: pageInfo.hasNextPage };
    return { data: nodes.map(presentConversation), ...numberedPage(url, place) };
  },
});

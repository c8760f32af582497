import { z } from 'zod';
import { ZiikListConversationsDocument, type ZiikListConversationsQueryVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../route.ts';
import { integer } from '../wire.ts';
import { presentConversation } from './conversation.ts';
import { conversationPageExample } from './examples.ts';
import { maxReactionsListed } from './message.ts';
import { numberedPage } from './page.ts';
import { conversationPage } from './shapes.ts';
import { limit, searched } from './wire.ts';

/** What each `status` asks for; none asks for all. */
const statuses = { unread: { unread: true }, archived: { archived: true }, normal: { archived: false } } as const;

export const listConversations = route({
  method: 'GET',
  path: '/conversations',
  summary: 'List conversations',
  description: 'A page by its number, the most recently active first.',
  document: ZiikListConversationsDocument,
  params: z.object({}),
  query: z.object({
    limit,
    page: integer(1, 1_000_000).default(1).describe('Which page, from 1.'),
    keyword: searched
      .optional()
      .meta({ description: 'What its title or the name of one who takes part in it contains.', examples: ['Doe'] }),
    status: z
      .enum(['unread', 'archived', 'normal'], 'must be unread, archived or normal')
      .optional()
      .meta({ description: 'Those with unread messages, those put away, or those that are not.', examples: ['normal'] }),
  }),
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
      query: 'query.keyword',
      unread: '({ unread: true })[query.status]',
      archived: '({ archived: true, normal: false })[query.status]',
    },
  },
  response: conversationPage,
  example: conversationPageExample,
  present: ({ conversations }, { query, url }) => {
    const { nodes, totalCount, pageInfo } = conversations;
    const place = { page: query.page, limit: query.limit, items: nodes.length, total: totalCount, more: pageInfo.hasNextPage };
    return { data: nodes.map(presentConversation), ...numberedPage(url, place) };
  },
});

import { z } from 'zod';
import { ZiikListConversationsDocument, type ZiikListConversationsQueryVariables } from '../../generated/graphql/graphql.ts';
import { route } from '../route.ts';
import { integer } from '../wire.ts';
import { presentConversation } from './conversation.ts';
import { numberedPage } from './page.ts';
import { conversationPage } from './shapes.ts';
import { limit } from './wire.ts';

/** What each `status` asks for; none asks for all. */
const statuses = { unread: { unread: true }, archived: { archived: true }, normal: { archived: false } } as const;

export const listConversations = route({
  method: 'GET',
  path: '/conversations',
  document: ZiikListConversationsDocument,
  params: z.object({}),
  query: z.object({
    limit,
    page: integer(1, 1_000_000).default(1),
    keyword: z.string().optional(),
    status: z.enum(['unread', 'archived', 'normal'], 'must be unread, archived or normal').optional(),
  }),
  fields: { first: 'limit', offset: 'page', 'filter.query': 'keyword' },
  variables: ({ query }): ZiikListConversationsQueryVariables => ({
    first: query.limit,
    offset: (query.page - 1) * query.limit,
    filter: { query: query.keyword, ...(query.status && statuses[query.status]) },
  }),
  response: conversationPage,
  present: ({ conversations }, { query, url }) => {
    const { nodes, totalCount, pageInfo } = conversations;
    const place = { page: query.page, limit: query.limit, items: nodes.length, total: totalCount, more: pageInfo.hasNextPage };
    return { data: nodes.map(presentConversation), ...numberedPage(url, place) };
  },
});

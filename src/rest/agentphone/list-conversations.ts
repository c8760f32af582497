import { z } from 'zod';
import { AgentPhoneListConversationsDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../route.ts';
import { conversationListExample } from './examples.ts';
import { offsetFields, offsetPage, offsetRecipe, presentOffsetPage } from './offset-page.ts';
import { presentSummary } from './present-conversation.ts';
import { conversationList } from './shapes.ts';

export const listConversations = route({
  method: 'GET',
  path: '/v1/conversations',
  summary: 'List conversations',
  description: 'Sorted by most recent activity.',
  document: AgentPhoneListConversationsDocument,
  params: z.object({}),
  query: offsetPage,
  fields: offsetFields,
  variables: ({ query }) => ({ first: query.limit, offset: query.offset }),
  recipe: offsetRecipe,
  response: conversationList,
  example: conversationListExample,
  present: ({ conversations }) => presentOffsetPage(conversations, presentSummary),
});

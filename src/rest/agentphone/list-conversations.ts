import { z } from 'zod';
import { AgentPhoneListConversationsDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../route.ts';
import { conversationListExample } from './examples.ts';
import { offsetFields, offsetPage, presentOffsetPage } from './offset-page.ts';
import { presentSummary } from './present-conversation.ts';
import { conversationList } from './shapes.ts';

export const listConversations = route({
  method: 'GET',
  path: '/v1/conversations',
  document: AgentPhoneListConversationsDocument,
  params: z.object({}),
  query: offsetPage,
  fields: offsetFields,
  variables: ({ query }) => ({ first: query.limit, offset: query.offset }),
  response: conversationList,
  example: conversationListExample,
  present: ({ conversations }) => presentOffsetPage(conversations, presentSummary),
});

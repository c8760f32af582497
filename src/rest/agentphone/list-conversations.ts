import { z } from 'zod';
import { AgentPhoneListConversationsDocument, type AgentPhoneListConversationsQueryVariables } from '../../generated/graphql/graphql.ts';
import { encodeId } from '../../values/ids.ts';
import { route } from '../kit/route.ts';
import { emptyIsAbsent } from '../kit/wire.ts';
import { conversationListExample } from './examples.ts';
import { idOf } from './ids.ts';
import { offsetFields, offsetPage, offsetRecipe, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { presentSummary } from './present-conversation.ts';
import { conversationList } from './shapes.ts';

export const listConversations = route({
  method: 'GET',
  path: '/v1/conversations',
  summary: 'List conversations',
  description: 'Sorted by most recent activity.',
  document: AgentPhoneListConversationsDocument,
  params: z.object({}),
  query: offsetPage.extend({
    agent_id: emptyIsAbsent(idOf('Agent')).meta({
      description: 'Only the conversations of this agent; none if no agent has this id. Empty counts as absent.',
      examples: [`agt_${encodeId('Agent', '0190a1b2-c3d4-7000-8000-000000000001')}`],
    }),
  }),
  fields: offsetFields,
  variables: ({ query }): AgentPhoneListConversationsQueryVariables => ({ ...offsetVariables(query), agent: query.agent_id }),
  recipe: { ...offsetRecipe, agent: 'query.agent_id ? query.agent_id.replace("agt_", "") : undefined' },
  response: conversationList,
  example: conversationListExample,
  present: ({ conversations }, { query }) => presentOffsetPage(conversations, query, presentSummary),
});

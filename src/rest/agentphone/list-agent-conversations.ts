import { z } from 'zod';
import { AgentPhoneListAgentConversationsDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { agentConversationListExample } from './examples.ts';
import { idOf } from './ids.ts';
import { offsetFields, offsetPage, offsetRecipe, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { presentAgentSummary } from './present-conversation.ts';
import { agentConversationList } from './shapes.ts';

export const listAgentConversations = route({
  method: 'GET',
  path: '/v1/agents/{agent_id}/conversations',
  summary: 'List the conversations of an agent',
  description: 'Sorted by most recent activity.',
  document: AgentPhoneListAgentConversationsDocument,
  params: z.object({ agent_id: idOf('Agent') }),
  query: offsetPage,
  fields: offsetFields,
  variables: ({ params, query }) => ({ agent: params.agent_id, ...offsetVariables(query) }),
  recipe: { agent: 'path.agent_id.replace("agt_", "")', ...offsetRecipe },
  response: agentConversationList,
  example: agentConversationListExample,
  present: ({ node, conversations }, { query }) => node && presentOffsetPage(conversations, query, presentAgentSummary),
});

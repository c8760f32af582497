import { z } from 'zod';
import { AgentPhoneListAgentsDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { agent, agentExample, presentAgent } from './agent.ts';
import { offsetFields, offsetPage, offsetRecipe, offsetVariables, presentOffsetPage } from './offset-page.ts';

export const listAgents = route({
  method: 'GET',
  path: '/v1/agents',
  summary: 'List agents',
  description: 'The agents of the organization, the first stored first. `total` says whether more follow.',
  document: AgentPhoneListAgentsDocument,
  params: z.object({}),
  query: offsetPage,
  fields: offsetFields,
  variables: ({ query }) => offsetVariables(query),
  recipe: offsetRecipe,
  response: z.strictObject({ data: z.array(agent), total: z.int() }),
  example: { data: [agentExample], total: 1 },
  // The SDK's type of this list alone has no `hasMore`.
  present: ({ agents }, { query }) => {
    const { data, total } = presentOffsetPage(agents, query, presentAgent);
    return { data, total };
  },
});

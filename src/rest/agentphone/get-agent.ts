import { z } from 'zod';
import { AgentPhoneGetAgentDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { agent, agentExample, presentAgent } from './agent.ts';
import { idOf } from './ids.ts';

export const getAgent = route({
  method: 'GET',
  path: '/v1/agents/{agent_id}',
  summary: 'Get an agent',
  document: AgentPhoneGetAgentDocument,
  params: z.object({ agent_id: idOf('Agent') }),
  query: z.object({}),
  fields: {},
  variables: ({ params }) => ({ id: params.agent_id }),
  recipe: { id: 'path.agent_id.replace("agt_", "")' },
  response: agent,
  example: agentExample,
  present: ({ node }) => (node?.__typename === 'Agent' ? presentAgent(node) : null),
});

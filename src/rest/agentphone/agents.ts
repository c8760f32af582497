import { z } from 'zod';
import {
  type AgentPhoneAgentFragment,
  AgentPhoneGetAgentDocument,
  AgentPhoneListAgentConversationsDocument,
  AgentPhoneListAgentsDocument,
} from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { agentSummary, agentSummaryExample, presentAgentSummary } from './conversation.ts';
import { idOf, withoutPrefix, withPrefix } from './ids.ts';
import { offsetPage, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { listOf, time } from './shapes.ts';

/** An agent of the organization. Left out: the settings of calls that are optional and cannot be null. */
export const agent = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    description: z.null(),
    voiceMode: z.literal('webhook'),
    systemPrompt: z.null(),
    beginMessage: z.null(),
    voice: z.literal(''),
    transferNumber: z.null(),
    customTools: z.null(),
    voicemailMessage: z.null(),
    callScreeningIdentity: z.null(),
    callScreeningPurpose: z.null(),
    createdAt: time,
    numbers: z.array(z.never()).describe('Always empty: agents answer conversations here, and no number belongs to one.'),
  })
  .meta({ id: 'Agent', description: 'Settings of calls are null or empty: this gateway has none.' });

const noCalls = {
  voiceMode: 'webhook',
  systemPrompt: null,
  beginMessage: null,
  voice: '',
  transferNumber: null,
  customTools: null,
  voicemailMessage: null,
  callScreeningIdentity: null,
  callScreeningPurpose: null,
} as const;

const agentExample: z.input<typeof agent> = {
  id: 'agt_AwGQobLD1HAAgAAAAAAAAAI',
  name: 'Support Bot',
  description: null,
  ...noCalls,
  createdAt: '2025-01-15T11:30:00Z',
  numbers: [],
};

export const agentConversationList = listOf(agentSummary, { total: z.int() });

const agentPath = z.object({ agent_id: idOf('Agent') });

export const listAgents = route({
  method: 'GET',
  path: '/v1/agents',
  summary: 'List agents',
  description:
    'The agents of the organization, in the order in which they were stored. More follow if `total` is greater than the number of items so far.',
  document: AgentPhoneListAgentsDocument,
  params: z.object({}),
  query: offsetPage,
  variables: ({ query }) => offsetVariables(query),
  response: z.strictObject({ data: z.array(agent), total: z.int() }),
  example: { data: [agentExample], total: 1 },
  // The SDK's type of this list alone has no `hasMore`.
  present: ({ agents }, { query }) => {
    const { data, total } = presentOffsetPage(agents, query, presentAgent);
    return { data, total };
  },
});

export const getAgent = route({
  method: 'GET',
  path: '/v1/agents/{agent_id}',
  summary: 'Get an agent',
  document: AgentPhoneGetAgentDocument,
  params: agentPath,
  query: z.object({}),
  variables: ({ params }) => ({ id: withoutPrefix('Agent', params.agent_id) }),
  response: agent,
  example: agentExample,
  present: ({ node }) => (node?.__typename === 'Agent' ? presentAgent(node) : null),
});

export const listAgentConversations = route({
  method: 'GET',
  path: '/v1/agents/{agent_id}/conversations',
  summary: 'List the conversations of an agent',
  description: 'Sorted by most recent activity.',
  document: AgentPhoneListAgentConversationsDocument,
  params: agentPath,
  query: offsetPage,
  variables: ({ params, query }) => ({ agent: withoutPrefix('Agent', params.agent_id), ...offsetVariables(query) }),
  response: agentConversationList,
  example: { data: [agentSummaryExample], hasMore: false, total: 1 },
  present: ({ node, conversations }, { query }) => node && presentOffsetPage(conversations, query, presentAgentSummary),
});

function presentAgent({ id, name, createdAt }: AgentPhoneAgentFragment): z.input<typeof agent> {
  return { id: withPrefix('Agent', id), name, description: null, ...noCalls, createdAt, numbers: [] };
}

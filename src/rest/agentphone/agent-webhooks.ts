import { z } from 'zod';
import {
  AgentPhoneDeleteAgentWebhookDocument,
  AgentPhoneGetAgentWebhookDocument,
  AgentPhoneListAgentDeliveriesDocument,
  AgentPhoneSetAgentWebhookDocument,
  AgentPhoneTestAgentWebhookDocument,
} from '../../generated/graphql/graphql.ts';
import { notNull } from '../kit/present.ts';
import { jsonNull, route } from '../kit/route.ts';
import { idOf, withoutPrefix } from './ids.ts';
import * as shape from './webhook.ts';

const path = '/v1/agents/{agent_id}/webhook';
const params = z.object({ agent_id: idOf('Agent') });

export const getAgentWebhook = route({
  method: 'GET',
  path,
  summary: 'Get the webhook of an agent',
  description: 'The agent’s own webhook; `null` if it has none.',
  document: AgentPhoneGetAgentWebhookDocument,
  params,
  query: z.object({}),
  variables: ({ params }) => ({ agent: withoutPrefix('Agent', params.agent_id) }),
  response: shape.webhook.nullable(),
  example: shape.webhookExample,
  present: ({ webhookEndpoint }) => (webhookEndpoint === null ? jsonNull : shape.presentWebhook(webhookEndpoint, null)),
});

export const setAgentWebhook = route({
  method: 'POST',
  path,
  summary: 'Create or update the webhook of an agent',
  description: `It receives the events of this agent in place of the account’s webhook, from now on. ${shape.newSecretNote}`,
  document: AgentPhoneSetAgentWebhookDocument,
  params,
  query: z.object({}),
  body: shape.webhookBody,
  variables: ({ params, body }) => ({
    input: {
      agentId: withoutPrefix('Agent', params.agent_id),
      url: body.url,
      contextLimit: body.contextLimit,
      timeoutSeconds: body.timeout,
      renewSecret: true,
    },
  }),
  response: shape.webhook,
  example: { ...shape.webhookExample, secret: 'whsec_b3RoZXIgY2hhcmFjdGVycw4Qk8' },
  present: ({ setWebhookEndpoint: { endpoint, secret } }) => shape.presentWebhook(endpoint, secret),
});

export const deleteAgentWebhook = route({
  method: 'DELETE',
  path,
  summary: 'Delete the webhook of an agent',
  description: 'The account’s webhook receives the events of the agent again. The answer is the same if there is none.',
  document: AgentPhoneDeleteAgentWebhookDocument,
  params,
  query: z.object({}),
  variables: ({ params }) => ({ input: { ofAgentId: withoutPrefix('Agent', params.agent_id) } }),
  response: shape.done,
  example: { success: true },
  present: () => ({ success: true as const }),
});

export const testAgentWebhook = route({
  method: 'POST',
  path: `${path}/test`,
  summary: 'Test the webhook of an agent',
  description: shape.testNote,
  document: AgentPhoneTestAgentWebhookDocument,
  params,
  query: z.object({}),
  variables: ({ params }) => ({ input: { ofAgentId: withoutPrefix('Agent', params.agent_id) } }),
  response: shape.tested,
  example: shape.testedExample,
  present: () => shape.testedExample,
});

export const listAgentDeliveries = route({
  method: 'GET',
  path: `${path}/deliveries`,
  summary: 'List the deliveries of an agent',
  description: 'The deliveries of the last 30 days to the agent’s own webhook, newest first; none if it has no webhook.',
  document: AgentPhoneListAgentDeliveriesDocument,
  params,
  query: shape.deliveryQuery,
  variables: ({ params, query }) => ({
    agent: withoutPrefix('Agent', params.agent_id),
    first: query.limit,
    filter: { withinHours: query.hours },
  }),
  response: z.array(shape.delivery),
  example: [shape.deliveryExample],
  present: ({ webhookEndpoint }) => (webhookEndpoint === null ? [] : notNull(webhookEndpoint.deliveries).nodes.map(shape.presentDelivery)),
});

import { z } from 'zod';
import {
  AgentPhoneDeleteWebhookDocument,
  AgentPhoneGetWebhookDocument,
  AgentPhoneListDeliveriesDocument,
  AgentPhoneSetWebhookDocument,
  AgentPhoneTestWebhookDocument,
} from '../../generated/graphql/graphql.ts';
import { notNull } from '../kit/present.ts';
import { emptyIsAbsent } from '../kit/request/parameters.ts';
import { jsonNull, route } from '../kit/route.ts';
import { idOf, withoutPrefix } from './ids.ts';
import { offsetPage, offsetVariables, presentOffsetPage } from './offset-page.ts';
import * as shape from './webhook.ts';

const path = '/v1/webhooks';

export const getWebhook = route({
  method: 'GET',
  path,
  summary: 'Get the webhook',
  description: 'The webhook of the account; `null` if there is none.',
  document: AgentPhoneGetWebhookDocument,
  params: z.object({}),
  query: z.object({}),
  variables: () => ({}),
  response: shape.webhook.nullable(),
  example: shape.webhookExample,
  present: ({ webhookEndpoint }) => (webhookEndpoint === null ? jsonNull : shape.presentWebhook(webhookEndpoint, null)),
});

export const setWebhook = route({
  method: 'POST',
  path,
  summary: 'Create or update the webhook',
  description: `It receives the events of every agent that has no webhook of its own, from now on. ${shape.newSecretNote}`,
  mayBeMissing: true,
  document: AgentPhoneSetWebhookDocument,
  params: z.object({}),
  query: z.object({}),
  body: shape.webhookBody,
  variables: ({ body }) => ({
    input: { url: body.url, contextLimit: body.contextLimit, timeoutSeconds: body.timeout, renewSecret: true },
  }),
  response: shape.webhook,
  example: { ...shape.webhookExample, secret: 'whsec_b3RoZXIgY2hhcmFjdGVycw4Qk8' },
  present: ({ setWebhookEndpoint: { endpoint, secret } }) => shape.presentWebhook(endpoint, secret),
});

export const deleteWebhook = route({
  method: 'DELETE',
  path,
  summary: 'Delete the webhook',
  description: 'Deletes its deliveries too; pending ones are not sent. The answer is the same if there is none.',
  document: AgentPhoneDeleteWebhookDocument,
  params: z.object({}),
  query: z.object({}),
  variables: () => ({ input: { ofOrganization: true } }),
  response: shape.done,
  example: { success: true },
  present: () => ({ success: true as const }),
});

export const testWebhook = route({
  method: 'POST',
  path: `${path}/test`,
  summary: 'Test the webhook',
  description: shape.testNote,
  mayBeMissing: true,
  document: AgentPhoneTestWebhookDocument,
  params: z.object({}),
  query: z.object({
    agentId: emptyIsAbsent(idOf('Agent')).meta({
      description: 'The agent to name in the test. Empty counts as absent: the first agent.',
      examples: idOf('Agent').meta()?.examples,
    }),
  }),
  variables: ({ query }) => ({ input: { ofOrganization: true, agentId: withoutPrefix('Agent', query.agentId) } }),
  response: shape.tested,
  example: shape.testedExample,
  present: () => shape.testedExample,
});

export const listDeliveries = route({
  method: 'GET',
  path: `${path}/deliveries`,
  summary: 'List deliveries',
  description:
    'The deliveries of the last 30 days to all webhooks of the account and its agents, newest first. `total` counts up to 10,000.',
  document: AgentPhoneListDeliveriesDocument,
  params: z.object({}),
  query: offsetPage.extend(shape.deliveryQuery.shape),
  variables: ({ query }) => ({ ...offsetVariables(query), filter: { withinHours: query.hours } }),
  response: z.strictObject({ items: z.array(shape.delivery), total: z.int(), offset: z.int(), limit: z.int() }),
  example: { items: [shape.deliveryExample], total: 1, offset: 0, limit: 50 },
  present: ({ webhookDeliveries }, { query }) => {
    const { data, total } = presentOffsetPage(notNull(webhookDeliveries), query, shape.presentDelivery);
    return { items: data, total, offset: query.offset, limit: query.limit };
  },
});

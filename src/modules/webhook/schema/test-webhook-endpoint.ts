import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { testEndpoint } from '../commands/test-endpoint.ts';
import { WebhookDelivery, WebhookEndpoint, writeScopes } from './ref.ts';

builder.relayMutationField(
  'testWebhookEndpoint',
  {
    description: 'Input of `testWebhookEndpoint`.',
    inputFields: (t) => ({
      id: t.globalID({ for: WebhookEndpoint, required: true, description: 'The global id of the endpoint.' }),
      agentId: t.globalID({ for: Agent, description: 'The global id of the agent that the test names. Null: the agent of the endpoint.' }),
    }),
  },
  {
    description:
      'Sends a sample message to a webhook endpoint, once, even if the endpoint is disabled. The delivery is queued: query it to see its result. Not idempotent: each call sends another test.',
    authScopes: writeScopes,
    resolve: (_parent, { input: { id: given, agentId } }, context, info) =>
      change(context, info, (database, organizationId) => testEndpoint(database, organizationId, given.id, agentId?.id ?? null)),
  },
  {
    description: 'Payload of `testWebhookEndpoint`.',
    outputFields: (t) => ({
      delivery: t.field({ type: WebhookDelivery, description: 'The delivery of the test.', resolve: (delivery) => delivery }),
    }),
  },
);

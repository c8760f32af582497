import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { testEndpoint } from '../commands/test-endpoint.ts';
import { endpointIdOf } from '../store/find-endpoint.ts';
import { noEndpoint } from '../store/lock.ts';
import { nameOf, WebhookDelivery, WebhookEndpoint, writeScopes } from './ref.ts';

builder.relayMutationField(
  'testWebhookEndpoint',
  {
    description: 'Input of `testWebhookEndpoint`.',
    inputFields: (t) => ({
      id: t.globalID({ for: WebhookEndpoint, description: 'The global id of the endpoint; or give `ofAgentId` or `ofOrganization`.' }),
      ofAgentId: t.globalID({ for: Agent, description: 'The global id of the agent whose own endpoint is meant.' }),
      ofOrganization: t.boolean({ description: 'True: the endpoint of the organization itself.' }),
      agentId: t.globalID({ for: Agent, description: 'The global id of the agent that the test names. Null: the agent of the endpoint.' }),
    }),
  },
  {
    description:
      'Sends a sample message to a webhook endpoint, once, even if the endpoint is disabled. The delivery is queued: query it to see its result. Not idempotent: each call sends another test.',
    authScopes: writeScopes,
    resolve: (_parent, { input }, context, info) =>
      change(context, info, async (database, organizationId) => {
        const id = await endpointIdOf(database, organizationId, nameOf(input));
        if (id === null) throw noEndpoint();
        return testEndpoint(database, organizationId, id, input.agentId?.id ?? null);
      }),
  },
  {
    description: 'Payload of `testWebhookEndpoint`.',
    outputFields: (t) => ({
      delivery: t.field({ type: WebhookDelivery, description: 'The delivery of the test.', resolve: (delivery) => delivery }),
    }),
  },
);

import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { deleteEndpoint } from '../commands/delete-endpoint.ts';
import { endpointIdOf } from '../store/find-endpoint.ts';
import { nameOf, WebhookEndpoint, writeScopes } from './ref.ts';

builder.relayMutationField(
  'deleteWebhookEndpoint',
  {
    description: 'Input of `deleteWebhookEndpoint`.',
    inputFields: (t) => ({
      id: t.globalID({ for: WebhookEndpoint, description: 'The global id of the endpoint; or give `ofAgentId` or `ofOrganization`.' }),
      ofAgentId: t.globalID({ for: Agent, description: 'The global id of the agent whose own endpoint is meant.' }),
      ofOrganization: t.boolean({ description: 'True: the endpoint of the organization itself.' }),
    }),
  },
  {
    description: 'Deletes a webhook endpoint with its deliveries. Pending deliveries are not sent.',
    authScopes: writeScopes,
    resolve: async (_parent, { input }, context, info) => {
      const deletedId = await change(context, info, async (database, organizationId) => {
        const id = await endpointIdOf(database, organizationId, nameOf(input));
        return id !== null && (await deleteEndpoint(database, organizationId, id)) ? id : null;
      });
      if (deletedId !== null) logAction(context, { action: 'WEBHOOK_ENDPOINT_DELETED', endpointId: deletedId });
      return { deleted: deletedId !== null };
    },
  },
  {
    description: 'Payload of `deleteWebhookEndpoint`.',
    outputFields: (t) => ({
      deleted: t.exposeBoolean('deleted', {
        description: 'True if the endpoint was deleted; false if there was none.',
      }),
    }),
  },
);

import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { deleteEndpoint } from '../commands/delete-endpoint.ts';
import { WebhookEndpoint, writeScopes } from './ref.ts';

builder.relayMutationField(
  'deleteWebhookEndpoint',
  {
    description: 'Input of `deleteWebhookEndpoint`.',
    inputFields: (t) => ({
      id: t.globalID({ for: WebhookEndpoint, required: true, description: 'The global id of the endpoint.' }),
    }),
  },
  {
    description: 'Deletes a webhook endpoint with its deliveries. Pending deliveries are not sent.',
    authScopes: writeScopes,
    resolve: async (_parent, { input: { id: given } }, context, info) => {
      const deleted = await change(context, info, (database, organizationId) => deleteEndpoint(database, organizationId, given.id));
      if (deleted) logAction(context, { action: 'WEBHOOK_ENDPOINT_DELETED', endpointId: given.id });
      return { deleted };
    },
  },
  {
    description: 'Payload of `deleteWebhookEndpoint`.',
    outputFields: (t) => ({
      deleted: t.exposeBoolean('deleted', {
        description: 'True if the endpoint was deleted; false if the organization has no such endpoint.',
      }),
    }),
  },
);

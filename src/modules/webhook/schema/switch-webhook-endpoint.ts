// The mutations that enable and disable an endpoint.
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { disableEndpoint, enableEndpoint } from '../commands/switch-endpoint.ts';
import { WebhookEndpoint, writeScopes } from './ref.ts';

const switches = [
  {
    name: 'enableWebhookEndpoint',
    command: enableEndpoint,
    action: 'WEBHOOK_ENDPOINT_ENABLED',
    description:
      'Enables a webhook endpoint. It receives events from now on, not those that happened while it was disabled, except that events of the last seconds may still be delivered.',
  },
  {
    name: 'disableWebhookEndpoint',
    command: disableEndpoint,
    action: 'WEBHOOK_ENDPOINT_DISABLED',
    description: 'Disables a webhook endpoint. Its pending deliveries become WITHDRAWN, and no event is delivered until it is enabled.',
  },
] as const;

for (const { name, command, action, description } of switches) {
  builder.relayMutationField(
    name,
    {
      description: `Input of \`${name}\`.`,
      inputFields: (t) => ({
        id: t.globalID({ for: WebhookEndpoint, required: true, description: 'The global id of the endpoint.' }),
      }),
    },
    {
      description,
      authScopes: writeScopes,
      resolve: async (_parent, { input: { id: given } }, context, info) => {
        const endpoint = await change(context, info, (database, organizationId) => command(database, organizationId, given.id));
        if (endpoint.changed) logAction(context, { action, endpointId: given.id });
        return endpoint;
      },
    },
    {
      description: `Payload of \`${name}\`.`,
      outputFields: (t) => ({
        endpoint: t.field({ type: WebhookEndpoint, description: 'The endpoint after the change.', resolve: (endpoint) => endpoint }),
      }),
    },
  );
}

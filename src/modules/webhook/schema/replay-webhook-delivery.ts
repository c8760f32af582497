import { builder } from '../../../graphql/schema/builder.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { replayDelivery } from '../commands/replay-delivery.ts';
import { WebhookDelivery, writeScopes } from './ref.ts';

builder.relayMutationField(
  'replayWebhookDelivery',
  {
    description: 'Input of `replayWebhookDelivery`.',
    inputFields: (t) => ({
      id: t.globalID({ for: WebhookDelivery, required: true, description: 'The global id of the delivery.' }),
    }),
  },
  {
    description:
      'Sends a webhook delivery again that has ended, whatever its result, with the current content and the same `X-Webhook-ID`, after the pending deliveries of its conversation. A pending delivery remains unchanged. CONFLICT if its endpoint is disabled.',
    authScopes: writeScopes,
    resolve: (_parent, { input: { id: given } }, context, info) =>
      change(context, info, (database, organizationId) => replayDelivery(database, organizationId, given.id)),
  },
  {
    description: 'Payload of `replayWebhookDelivery`.',
    outputFields: (t) => ({
      delivery: t.field({ type: WebhookDelivery, description: 'The delivery after the change.', resolve: (delivery) => delivery }),
    }),
  },
);

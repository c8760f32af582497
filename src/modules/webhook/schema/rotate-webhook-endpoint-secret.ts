import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { rotateSecret, rotationSeconds } from '../commands/rotate-secret.ts';
import { secretDescription, WebhookEndpoint, writeScopes } from './ref.ts';

const { most, default: usual } = rotationSeconds;

builder.relayMutationField(
  'rotateWebhookEndpointSecret',
  {
    description: 'Input of `rotateWebhookEndpointSecret`.',
    inputFields: (t) => ({
      id: t.globalID({ for: WebhookEndpoint, required: true, description: 'The global id of the endpoint.' }),
      graceSeconds: t.int({
        description: `The seconds for which the old secret signs too, 0 to ${most.toLocaleString('en')} (a week). Null: ${usual.toLocaleString('en')} (a day).`,
      }),
    }),
  },
  {
    description:
      'Gives a webhook endpoint a new secret. Until the old one expires, each webhook has two signatures: `X-Webhook-Signature` is made with the new secret, `X-Webhook-Signature-Previous` with the old one. Not idempotent: each call makes another secret. CONFLICT if the gateway’s operator has set no key to encrypt secrets with.',
    authScopes: writeScopes,
    resolve: async (_parent, { input: { id: given, graceSeconds } }, context, info) => {
      const { webhooks } = context;
      const rotated = await change(context, info, (database, organizationId) =>
        rotateSecret(database, webhooks, organizationId, given.id, graceSeconds ?? usual),
      );
      logAction(context, { action: 'WEBHOOK_SECRET_ROTATED', endpointId: given.id, expiresAt: rotated.endpoint.previousSecretUntil });
      return rotated;
    },
  },
  {
    description: 'Payload of `rotateWebhookEndpointSecret`.',
    outputFields: (t) => ({
      endpoint: t.field({ type: WebhookEndpoint, description: 'The endpoint after the change.', resolve: ({ endpoint }) => endpoint }),
      secret: t.exposeString('secret', { description: secretDescription }),
    }),
  },
);

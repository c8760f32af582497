import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { defaultContext, mostContext, setEndpoint, timeoutRange } from '../commands/set-endpoint.ts';
import { secretDescription, WebhookEndpoint, writeScopes } from './ref.ts';

builder.relayMutationField(
  'setWebhookEndpoint',
  {
    description: 'Input of `setWebhookEndpoint`.',
    inputFields: (t) => ({
      agentId: t.globalID({
        for: Agent,
        description:
          'The global id of the agent whose events are delivered. Null: the endpoint of the organization, for all agents without one.',
      }),
      url: t.string({ required: true, description: 'The URL that receives POST requests: https, with a public address.' }),
      contextLimit: t.int({
        description: `The most recent messages that a payload contains, 0 to ${mostContext}. Null: unchanged, or ${defaultContext} in a new endpoint.`,
      }),
      timeoutSeconds: t.int({
        description: `The seconds within which the endpoint must answer, ${timeoutRange.least} to ${timeoutRange.most}. Null: unchanged, or ${timeoutRange.default} in a new endpoint.`,
      }),
      renewSecret: t.boolean({
        description:
          'True: an existing endpoint gets a new secret, and the old one signs too for a day, as with `rotateWebhookEndpointSecret`. Null: false.',
      }),
    }),
  },
  {
    description:
      'Creates the webhook endpoint of the organization or of an agent. If it exists, its URL and the given settings are replaced, its secret remains unless `renewSecret` is true, and it is enabled. A new endpoint receives events from now on: messages and reactions that are older are not delivered. CONFLICT if the gateway’s operator has set no key to encrypt secrets with.',
    authScopes: writeScopes,
    resolve: async (_parent, { input: { agentId, url, contextLimit, timeoutSeconds, renewSecret } }, context, info) => {
      const { webhooks } = context;
      const input = {
        agentId: agentId?.id ?? null,
        url,
        contextLimit: contextLimit ?? null,
        timeoutSeconds: timeoutSeconds ?? null,
        renewSecret: renewSecret ?? false,
      };
      const set = await change(context, info, (database, organizationId) => setEndpoint(database, webhooks, organizationId, input));
      const action = set.created ? 'WEBHOOK_ENDPOINT_CREATED' : 'WEBHOOK_ENDPOINT_CHANGED';
      logAction(context, { action, endpointId: set.endpoint.id });
      if (!set.created && set.secret !== null) logAction(context, { action: 'WEBHOOK_SECRET_ROTATED', endpointId: set.endpoint.id });
      return set;
    },
  },
  {
    description: 'Payload of `setWebhookEndpoint`.',
    outputFields: (t) => ({
      endpoint: t.field({ type: WebhookEndpoint, description: 'The endpoint after the change.', resolve: ({ endpoint }) => endpoint }),
      created: t.exposeBoolean('created', { description: 'True if the endpoint is new; false if it already existed.' }),
      secret: t.exposeString('secret', {
        nullable: true,
        description: `${secretDescription} Null if the secret is unchanged: \`rotateWebhookEndpointSecret\` makes a new one.`,
      }),
    }),
  },
);

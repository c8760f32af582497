import { WebhookDisabledReason } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { agentSource } from '../../agent/store/rows.ts';
import { endpointSource } from '../store/endpoint-rows.ts';
import { readScopes, WebhookEndpoint } from './ref.ts';

const StatusEnum = builder.enumType('WebhookEndpointStatus', {
  description: 'The state of a webhook endpoint.',
  values: {
    ACTIVE: { description: 'Events are delivered to it.' },
    DISABLED: { description: 'Nothing but tests is sent to it. Events that happen meanwhile are not delivered later.' },
  },
});

const ReasonEnum = builder.enumType('WebhookDisabledReason', {
  description: 'The reason for which a webhook endpoint is disabled.',
  values: {
    [WebhookDisabledReason.REQUESTED]: { description: 'A client or the operator disabled it.' },
    [WebhookDisabledReason.FAILING]: {
      description:
        'The gateway disabled it: 20 deliveries in a row failed with all of their attempts, the first of them at least a day ago.',
    },
    [WebhookDisabledReason.GONE]: { description: 'The gateway disabled it: it answered with the HTTP status 410.' },
  },
});

builder.node(WebhookEndpoint, {
  description:
    'The URL that receives an organization’s events, or those of the conversations of one agent. An agent’s own endpoint takes the place of the organization’s, also while it is disabled.',
  authScopes: readScopes,
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(endpointSource, id),
  fields: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      extensions: { needs: [] },
      description: 'The agent whose events it receives; null for the endpoint of the organization.',
      resolve: ({ agentId }, _args, { loaders }) => (agentId === null ? null : loaders.row(agentSource, agentId)),
    }),
    url: t.expose('url', {
      type: 'URL',
      description: 'The URL that receives POST requests. It may be http if the gateway’s operator allows private addresses.',
    }),
    secretHint: t.exposeString('secretHint', { description: 'The prefix and the last four characters of the secret, to recognize it.' }),
    previousSecretExpiresAt: t.expose('previousSecretUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'The time until which the secret before the last rotation signs too; null if no other secret does.',
    }),
    contextLimit: t.exposeInt('contextLimit', { description: 'The most recent messages that a payload contains, 0 to 50.' }),
    timeoutSeconds: t.exposeInt('timeoutSeconds', { description: 'The seconds within which it must answer, 5 to 120.' }),
    endpointStatus: t.field({
      type: StatusEnum,
      description: 'The state of the endpoint.',
      resolve: ({ disabledReason }) => (disabledReason === null ? 'ACTIVE' : 'DISABLED'),
    }),
    disabledReason: t.expose('disabledReason', {
      type: ReasonEnum,
      nullable: true,
      description: 'The reason for which it is disabled; null if it is active.',
    }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which it was disabled; null if it is active.',
    }),
    failuresInARow: t.exposeInt('failuresInARow', {
      description: 'The number of deliveries that failed with all of their attempts since the last one that succeeded.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of the first of these failures; null without a failure.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'The time at which it was created. Older messages and reactions are never delivered to it.',
    }),
  }),
});

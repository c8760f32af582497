import { WebhookDeliveryStatus, WebhookEventKind } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { encodeId } from '../../../values/ids.ts';
import { Message } from '../../message/schema/ref.ts';
import { messageSource } from '../../message/store/rows.ts';
import { deliverySource } from '../store/delivery-rows.ts';
import { endpointSource } from '../store/endpoint-rows.ts';
import { readScopes, WebhookDelivery, WebhookEndpoint } from './ref.ts';

export const StatusEnum = builder.enumType('WebhookDeliveryStatus', {
  description: 'The state of a webhook delivery.',
  values: {
    [WebhookDeliveryStatus.PENDING]: { description: 'It will be sent, or it is being sent.' },
    [WebhookDeliveryStatus.DELIVERED]: { description: 'The endpoint answered with an HTTP status of 200 to 299.' },
    [WebhookDeliveryStatus.FAILED]: { description: 'All attempts failed.' },
    [WebhookDeliveryStatus.WITHDRAWN]: {
      description:
        'It will not be sent: the endpoint was disabled, or the message or reaction was deleted, redacted or removed before it was sent.',
    },
  },
});

const KindEnum = builder.enumType('WebhookEventKind', {
  description: 'The kind of the event that a webhook delivers.',
  values: {
    [WebhookEventKind.MESSAGE]: { description: 'A contact’s message was recorded.' },
    [WebhookEventKind.REACTION]: { description: 'A contact’s reaction was recorded.' },
    [WebhookEventKind.TEST]: { description: 'A test of the endpoint, see `testWebhookEndpoint`.' },
  },
});

builder.node(WebhookDelivery, {
  description:
    'One event that is sent to a webhook endpoint, with the result of its last attempt. It has no content. It is deleted 30 days after its event, and with its endpoint.',
  authScopes: readScopes,
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(deliverySource, id),
  fields: (t) => ({
    endpoint: t.field({
      type: WebhookEndpoint,
      extensions: { needs: [] },
      description: 'The endpoint that receives it.',
      resolve: ({ endpointId }, _args, { loaders }) => loaders.existing(endpointSource, endpointId),
    }),
    webhookId: t.exposeString('id', {
      description: 'The id in the header `X-Webhook-ID`, a UUID: the same in every attempt and in every replay.',
    }),
    eventKind: t.expose('kind', { type: KindEnum, description: 'The kind of the event.' }),
    agentId: t.id({
      nullable: true,
      description:
        'The global id of the agent of the conversation at the time of the event, or of the agent that a test names; null without one.',
      resolve: ({ agentId }) => agentId && encodeId('Agent', agentId),
    }),
    conversationId: t.id({
      nullable: true,
      description: 'The global id of the conversation; null for a test.',
      resolve: ({ conversationId }) => conversationId && encodeId('Conversation', conversationId),
    }),
    messageId: t.id({
      nullable: true,
      description: 'The global id of the message, or of the message with the reaction; null for a test.',
      resolve: ({ messageId }) => messageId && encodeId('Message', messageId),
    }),
    message: t.field({
      type: Message,
      nullable: true,
      authScopes: { scope: 'conversations:read' },
      extensions: { needs: [] },
      description: 'The current state of the message; null for a test, and if the message no longer exists.',
      resolve: ({ messageId }, _args, { loaders }) => (messageId === null ? null : loaders.row(messageSource, messageId)),
    }),
    reactionId: t.id({
      nullable: true,
      description: 'The global id of the reaction; null for other kinds of events.',
      resolve: ({ reactionId }) => reactionId && encodeId('Reaction', reactionId),
    }),
    deliveryStatus: t.expose('status', { type: StatusEnum, description: 'The state of the delivery.' }),
    attempts: t.exposeInt('attempts', { description: 'The number of attempts that have ended, 0 to 6, since the last replay.' }),
    lastAttemptAt: t.expose('lastAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the last attempt began; null before the first one.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time of the next attempt; while it is being sent, the time at which another gateway may send it. Null if the delivery has ended, or while an earlier one of its conversation is pending.',
    }),
    httpStatus: t.exposeInt('httpStatus', { nullable: true, description: 'The HTTP status of the last answer; null without an answer.' }),
    durationMs: t.exposeInt('durationMs', { nullable: true, description: 'The milliseconds that the last attempt took; null before it.' }),
    responseBytes: t.exposeInt('responseBytes', {
      nullable: true,
      description: 'The bytes of the last answer that were read, 65,536 at most; null without an answer.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description:
        'The reason for which the last attempt failed, or for which the delivery was withdrawn, as a word: `status`, `timeout`, `dns`, `connect`, `tls`, `address`, `aborted`, `answer`, `unreadable_secret`, `endpoint_disabled` or `withdrawn`. Null after a success.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the delivery was queued.' }),
  }),
});

// A webhook and its deliveries as the contract writes them. An account has one, and each agent can have one of its own.
import { z } from 'zod';
import type { AgentPhoneDeliveryFragment, AgentPhoneWebhookFragment } from '../../generated/graphql/graphql.ts';
import { lower } from '../kit/present.ts';
import { emptyIsAbsent, integer } from '../kit/request/parameters.ts';
import { withPrefix } from './ids.ts';
import { time } from './shapes.ts';

export const webhook = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    secret: z.string().describe('The whole secret in the answer to a POST; elsewhere its first and last characters, to recognize it.'),
    status: z.enum(['active', 'disabled']),
    contextLimit: z.int(),
    timeout: z.int().describe('Seconds.'),
    createdAt: time,
  })
  .meta({ id: 'Webhook' });

export const webhookExample: z.input<typeof webhook> = {
  id: 'wh_CwGQobLD1HAAgAAAAAAAAAY',
  url: 'https://your-server.example.com/webhook',
  secret: 'whsec_…4Qk8',
  status: 'active',
  contextLimit: 10,
  timeout: 30,
  createdAt: '2025-01-15T11:00:00Z',
};

function from(least: number, most: number) {
  const rule = `must be an integer from ${least} to ${most}`;
  return z.int(rule).min(least, rule).max(most, rule);
}

/** The body that creates or changes a webhook. */
export const webhookBody = z.object({
  url: z.string('must be an https URL').meta({
    description: 'The https URL that receives the webhooks, at most 2,083 characters.',
    examples: ['https://your-server.example.com/webhook'],
  }),
  contextLimit: from(0, 50)
    .nullish()
    .meta({ description: 'The number of earlier messages in `recentHistory`, 0 to 50. Absent or null: unchanged, or 10.', examples: [5] }),
  timeout: from(5, 120)
    .nullish()
    .meta({ description: 'The seconds within which the URL must answer, 5 to 120. Absent or null: unchanged, or 30.', examples: [15] }),
});

export const newSecretNote =
  'Each call makes a new secret, which only this answer shows. Answers 404 if the operator has set no key to encrypt it with. For a day the old one signs too, in the header `X-Webhook-Signature-Previous`.';

export const delivery = z
  .strictObject({
    id: z.string().describe('The `X-Webhook-ID` of the delivery.'),
    messageId: z.string().nullable(),
    eventType: z.string().nullable(),
    channel: z.null(),
    status: z.enum(['pending', 'success', 'failed']),
    httpStatus: z.int().nullable(),
    errorMessage: z.string().nullable(),
    responseBody: z.null(),
    attemptCount: z.int(),
    lastAttemptAt: time.nullable(),
    nextRetryAt: time.nullable(),
    createdAt: time,
  })
  .meta({
    id: 'WebhookDelivery',
    description: 'It has no content: `channel` and `responseBody` are always null, because neither is stored.',
  });

export const deliveryExample: z.input<typeof delivery> = {
  id: '0190a1b2-c3d4-4000-8000-000000000007',
  messageId: 'msg_BwGQobLD1HAAgAAAAAAAAAQ',
  eventType: 'agent.message',
  channel: null,
  status: 'success',
  httpStatus: 200,
  errorMessage: null,
  responseBody: null,
  attemptCount: 1,
  lastAttemptAt: '2025-01-15T12:00:01Z',
  nextRetryAt: null,
  createdAt: '2025-01-15T12:00:00Z',
};

/** The query of a list of deliveries. */
export const deliveryQuery = z.object({
  limit: integer(1, 100).default(50).describe('The maximum number of deliveries to return.'),
  hours: emptyIsAbsent(integer(1, 168)).meta({
    description: 'Only deliveries of the last hours, 1 to 168. Empty counts as absent.',
    type: 'integer',
    minimum: 1,
    maximum: 168,
    examples: [24],
  }),
});

/** The answer to a test. It is queued: `GET …/deliveries` shows its result. */
export const tested = z.strictObject({
  success: z.boolean().describe('True: the test is queued.'),
  status: z.literal('pending'),
  httpStatus: z.null(),
  errorMessage: z.null(),
});

export const testedExample: z.input<typeof tested> = { success: true, status: 'pending', httpStatus: null, errorMessage: null };

export const testNote =
  'Sends a sample message once. The answer does not wait for it: the newest delivery of the list of deliveries shows its result. Answers 404 if there is no webhook.';

export const done = z.strictObject({ success: z.literal(true) });

/** @param secret null for an answer that does not show it */
export function presentWebhook(endpoint: AgentPhoneWebhookFragment, secret: string | null): z.input<typeof webhook> {
  const { id, url, secretHint, status, contextLimit, timeoutSeconds, createdAt } = endpoint;
  return {
    id: withPrefix('WebhookEndpoint', id),
    url,
    secret: secret ?? secretHint,
    status: lower(status),
    contextLimit,
    timeout: timeoutSeconds,
    createdAt,
  };
}

const statuses = { PENDING: 'pending', DELIVERED: 'success', FAILED: 'failed', WITHDRAWN: 'failed' } as const;

export function presentDelivery(given: AgentPhoneDeliveryFragment): z.input<typeof delivery> {
  return {
    id: given.webhookId,
    messageId: given.messageId && withPrefix('Message', given.messageId),
    eventType: given.eventKind === 'REACTION' ? 'agent.reaction' : 'agent.message',
    channel: null,
    status: statuses[given.status],
    httpStatus: given.httpStatus,
    errorMessage: given.error,
    responseBody: null,
    attemptCount: given.attempts,
    lastAttemptAt: given.lastAttemptAt,
    nextRetryAt: given.nextAttemptAt,
    createdAt: given.createdAt,
  };
}

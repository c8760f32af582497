import { builder } from '../../../graphql/schema/builder.ts';
import type { DeliveryRow } from '../store/delivery-rows.ts';
import type { EndpointRow } from '../store/endpoint-rows.ts';

export const WebhookEndpoint = builder.objectRef<EndpointRow>('WebhookEndpoint');
export const WebhookDelivery = builder.objectRef<DeliveryRow>('WebhookDelivery');

export const readScopes = { scope: 'webhooks:read' } as const;
export const writeScopes = { scope: 'webhooks:write' } as const;

export const WebhookDeliveryConnection = builder.connectionObject(
  { type: WebhookDelivery, name: 'WebhookDeliveryConnection', description: 'A page of webhook deliveries.' },
  { name: 'WebhookDeliveryEdge', description: 'A webhook delivery and its cursor.' },
);

/** The description of the secret in a payload. */
export const secretDescription =
  'The secret that signs webhooks: the key of HMAC-SHA256 is its UTF-8 bytes, with the prefix `whsec_`. Only this payload shows it.';

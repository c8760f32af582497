import { builder } from '../../../graphql/schema/builder.ts';
import type { DeliveryRow } from '../store/delivery-rows.ts';
import type { EndpointRow } from '../store/endpoint-rows.ts';
import type { EndpointName } from '../store/find-endpoint.ts';

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

interface NamingInput {
  id?: { id: string } | null;
  ofAgentId?: { id: string } | null;
  ofOrganization?: boolean | null;
}

/** Returns the endpoint that an input names. */
export function nameOf({ id, ofAgentId, ofOrganization }: NamingInput): EndpointName {
  return { id: id?.id ?? null, ofAgentId: ofAgentId?.id ?? null, ofOrganization: ofOrganization ?? false };
}

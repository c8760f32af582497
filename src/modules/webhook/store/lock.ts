import type { Transaction } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import type { WebhookEndpointModel } from '../../../generated/prisma/models.ts';
import { type EndpointRow, endpointColumns } from './endpoint-rows.ts';

/** Locks an endpoint until the transaction ends: nobody else changes it or writes deliveries to it. @throws NOT_FOUND */
export async function lockEndpoint(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<EndpointRow & Pick<WebhookEndpointModel, 'secret'>> {
  const [endpoint] = await tx.query<EndpointRow & Pick<WebhookEndpointModel, 'secret'>>({
    label: 'webhook_endpoint_lock',
    text: `select ${endpointColumns}, w.secret from webhook_endpoints w where w.organization_id = $1 and w.id = $2 for no key update`,
    values: [organizationId, id],
  });
  if (endpoint === undefined) throw noEndpoint();
  return endpoint;
}

/** The error for an endpoint that does not exist or belongs to another organization. */
export function noEndpoint(): ParleyError {
  return new ParleyError('NOT_FOUND', 'there is no such webhook endpoint');
}

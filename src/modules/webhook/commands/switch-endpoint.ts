import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import type { WebhookDisabledReason } from '../../../generated/prisma/enums.ts';
import { type EndpointRow, endpointColumns } from '../store/endpoint-rows.ts';
import { lockEndpoint } from '../store/lock.ts';

/** `changed` is false if the endpoint was in this state. */
type SwitchedEndpoint = EndpointRow & { changed: boolean };

/** Sends deliveries to an endpoint again: those of events from now on. @throws NOT_FOUND */
export function enableEndpoint(database: RequestDatabase, organizationId: string, id: string): Promise<SwitchedEndpoint> {
  return database.transaction(async (tx) => {
    const stored = await lockEndpoint(tx, organizationId, id);
    if (stored.disabledReason === null) return { ...stored, changed: false };
    const [endpoint] = await tx.query<EndpointRow>({
      label: 'webhook_endpoint_enable',
      text: `update webhook_endpoints w set disabled_reason = null, disabled_at = null, failures_in_a_row = 0, failing_since = null
        where w.organization_id = $1 and w.id = $2 returning ${endpointColumns}`,
      values: [organizationId, id],
    });
    return { ...(endpoint as EndpointRow), changed: true };
  });
}

/** Stops all deliveries to an endpoint, for a client. An endpoint that is disabled stays unchanged. @throws NOT_FOUND */
export function disableEndpoint(database: RequestDatabase, organizationId: string, id: string): Promise<SwitchedEndpoint> {
  return database.transaction(async (tx) => {
    const stored = await lockEndpoint(tx, organizationId, id);
    if (stored.disabledReason !== null) return { ...stored, changed: false };
    return { ...(await disableLocked(tx, organizationId, id, 'REQUESTED')), changed: true };
  });
}

/** Disables an endpoint that the transaction has locked, and ends its pending deliveries without sending them. */
export async function disableLocked(
  tx: Transaction,
  organizationId: string,
  id: string,
  reason: WebhookDisabledReason,
): Promise<EndpointRow> {
  const [endpoint] = await tx.query<EndpointRow>({
    label: 'webhook_endpoint_disable',
    text: `update webhook_endpoints w set disabled_reason = $3::webhook_disabled_reason, disabled_at = clock_timestamp()
      where w.organization_id = $1 and w.id = $2 returning ${endpointColumns}`,
    values: [organizationId, id, reason],
  });
  await tx.query({
    label: 'webhook_deliveries_withdraw',
    text: `update webhook_deliveries set status = 'WITHDRAWN', next_attempt_at = null, error = 'endpoint_disabled'
      where organization_id = $1 and endpoint_id = $2 and status = 'PENDING'`,
    values: [organizationId, id],
  });
  return endpoint as EndpointRow;
}

import type { RequestDatabase } from '../../../database/database.ts';
import { stopReading } from '../../event/store/reader-position.ts';
import { lockOrganization } from '../../organization/store/lock.ts';
import { webhookReader } from '../store/reader.ts';

/** Deletes an endpoint with its deliveries: nothing is sent to it any more. @returns false if it does not exist */
export async function deleteEndpoint(database: RequestDatabase, organizationId: string, id: string): Promise<boolean> {
  return database.transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    const endpoints = await tx.query<{ id: string }>({
      label: 'webhook_endpoint_ids',
      text: 'select w.id from webhook_endpoints w where w.organization_id = $1',
      values: [organizationId],
    });
    if (!endpoints.some((endpoint) => endpoint.id === id)) return false;
    // Before the endpoint is locked: the reader locks its position first, too.
    if (endpoints.length === 1) await stopReading(tx, organizationId, webhookReader);
    await tx.query({
      label: 'webhook_endpoint_lock_to_delete',
      text: 'select w.id from webhook_endpoints w where w.organization_id = $1 and w.id = $2 for update',
      values: [organizationId, id],
    });
    await tx.query({
      label: 'webhook_deliveries_delete',
      text: 'delete from webhook_deliveries where organization_id = $1 and endpoint_id = $2',
      values: [organizationId, id],
    });
    await tx.query({
      label: 'webhook_endpoint_delete',
      text: 'delete from webhook_endpoints where organization_id = $1 and id = $2',
      values: [organizationId, id],
    });
    return true;
  });
}

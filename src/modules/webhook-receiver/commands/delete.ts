import type { Database } from '../../../database/database.ts';
import { noReceiver } from '../store/rows.ts';

/** Deletes a receiver: its URL is unknown from now on. The messages that it received remain. @throws NOT_FOUND */
export async function deleteReceiver(database: Database, organizationId: string, id: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query({
      label: 'webhook_receiver_lock',
      text: 'select from webhook_receivers where organization_id = $1 and id = $2 for update',
      values: [organizationId, id],
    });
    await tx.query({
      label: 'received_webhooks_delete',
      text: 'delete from received_webhooks where organization_id = $1 and receiver_id = $2',
      values: [organizationId, id],
    });
    const deleted = await tx.query<{ id: string }>({
      label: 'webhook_receiver_delete',
      text: 'delete from webhook_receivers where organization_id = $1 and id = $2 returning id',
      values: [organizationId, id],
    });
    if (deleted.length === 0) throw noReceiver();
  });
}

import type { RequestDatabase } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { webhooksChannel } from '../../event/store/channels.ts';
import { type DeliveryRow, deliveryColumns, findDelivery } from '../store/delivery-rows.ts';
import { lockEndpoint } from '../store/lock.ts';

/** `changed` is false if the delivery was pending. */
type ReplayedDelivery = DeliveryRow & { changed: boolean };

/**
 * Sends a delivery that has ended again, under the same id and with all attempts, after the pending deliveries of its conversation.
 * @throws NOT_FOUND, CONFLICT if its endpoint is disabled
 */
export function replayDelivery(database: RequestDatabase, organizationId: string, id: string): Promise<ReplayedDelivery> {
  return database.transaction(async (tx) => {
    const found = await findDelivery(tx, organizationId, id);
    if (found === null) throw noDelivery();
    const { disabledReason } = await lockEndpoint(tx, organizationId, found.endpointId);
    // A second time, because it may have changed before its endpoint was locked.
    const stored = await findDelivery(tx, organizationId, id);
    if (stored === null) throw noDelivery();
    if (stored.status === 'PENDING') return { ...stored, changed: false };
    if (disabledReason !== null && stored.kind !== 'TEST')
      throw new ParleyError('CONFLICT', 'the webhook endpoint of this delivery is disabled: enable it first');
    const [delivery] = await tx.query<DeliveryRow>({
      label: 'webhook_replay',
      text: `with notified as (select pg_notify('${webhooksChannel}', '')),
          ahead as (select exists(select from webhook_deliveries e where e.organization_id = $1 and e.endpoint_id = $3
            and e.conversation_id = $4::uuid and e.status = 'PENDING') as pending)
        update webhook_deliveries d set status = 'PENDING', attempts = 0, error = null, http_status = null, duration_ms = null, response_bytes = null,
          sequence = nextval('webhook_deliveries_sequence_seq'), next_attempt_at = case when not ahead.pending then clock_timestamp() end
        from notified, ahead where d.organization_id = $1 and d.id = $2 returning ${deliveryColumns}`,
      values: [organizationId, id, stored.endpointId, stored.conversationId],
    });
    return { ...(delivery as DeliveryRow), changed: true };
  });
}

function noDelivery(): ParleyError {
  return new ParleyError('NOT_FOUND', 'there is no such webhook delivery');
}

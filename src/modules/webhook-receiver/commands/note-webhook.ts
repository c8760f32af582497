import type { Transaction } from '../../../database/database.ts';
import type { Receiver } from '../store/rows.ts';

/** Senders repeat a webhook for hours, not for weeks. Messages are recognized by their own ids, too. */
const keptDays = 30;

/**
 * Notes the id of a webhook, so that it is handled once, and forgets old ones. A concurrent transaction with the same id waits for the end of this one.
 * @returns false if the id was noted before
 */
export async function noteWebhook(tx: Transaction, { organizationId, id }: Receiver, webhookId: string): Promise<boolean> {
  const noted = await tx.query<{ webhookId: string }>({
    label: 'received_webhook_note',
    text: `insert into received_webhooks (organization_id, receiver_id, webhook_id) values ($1, $2, $3)
      on conflict do nothing returning webhook_id as "webhookId"`,
    values: [organizationId, id, webhookId],
  });
  await tx.query({
    label: 'received_webhooks_forget',
    // `skip locked`: a concurrent webhook forgets the same ones.
    text: `delete from received_webhooks where organization_id = $1 and receiver_id = $2 and webhook_id in (
        select o.webhook_id from received_webhooks o where o.organization_id = $1 and o.receiver_id = $2
          and o.received_at < clock_timestamp() - $3::int * interval '1 day' order by o.received_at limit 100 for update skip locked)`,
    values: [organizationId, id, keptDays],
  });
  return noted.length > 0;
}

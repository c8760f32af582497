import type { Bind } from '../../../database/keyset.ts';
import type { WebhookDeliveryStatus } from '../../../generated/prisma/enums.ts';

export interface DeliveryFilter {
  statuses?: readonly WebhookDeliveryStatus[] | null;
  createdAfter?: Date | null;
}

/** The filter as SQL conditions over deliveries `d`. */
export function deliveryConditions({ statuses, createdAfter }: DeliveryFilter, bind: Bind): string[] {
  return [
    statuses != null && `d.status = any(${bind(statuses)}::text[]::webhook_delivery_status[])`,
    createdAfter != null && `d.created_at > ${bind(createdAfter)}::timestamptz`,
  ].filter((condition) => condition !== false);
}

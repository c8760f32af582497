import type { Bind } from '../../../database/keyset.ts';
import type { WebhookDeliveryStatus } from '../../../generated/prisma/enums.ts';

export interface DeliveryFilter {
  statuses?: readonly WebhookDeliveryStatus[] | null;
  createdAfter?: Date | null;
  withinHours?: number | null;
}

/** The filter as SQL conditions over deliveries `d`. */
export function deliveryConditions({ statuses, createdAfter, withinHours }: DeliveryFilter, bind: Bind): string[] {
  return [
    statuses != null && `d.status = any(${bind(statuses)}::text[]::webhook_delivery_status[])`,
    createdAfter != null && `d.created_at > ${bind(createdAfter)}::timestamptz`,
    withinHours != null && `d.created_at > clock_timestamp() - ${bind(withinHours)}::int * interval '1 hour'`,
  ].filter((condition) => condition !== false);
}

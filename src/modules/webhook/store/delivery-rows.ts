import type { Queryable } from '../../../database/database.ts';
import { columns, source } from '../../../database/source.ts';
import { WebhookDeliveryStatus } from '../../../generated/prisma/enums.ts';
import type { WebhookDeliveryModel } from '../../../generated/prisma/models.ts';

const fields = [
  'id',
  'endpointId',
  'kind',
  'agentId',
  'conversationId',
  'messageId',
  'reactionId',
  'status',
  'attempts',
  'nextAttemptAt',
  'lastAttemptAt',
  'httpStatus',
  'durationMs',
  'responseBytes',
  'error',
  'createdAt',
] as const;

/** The states of a delivery. */
export const deliveryStatuses = Object.values(WebhookDeliveryStatus);

export type DeliveryRow = Pick<WebhookDeliveryModel, (typeof fields)[number]>;

export const deliveryColumns = columns('d', fields);

/** Deliveries by id, and as the list of their endpoint. */
export const deliverySource = source<DeliveryRow>({
  label: 'webhook_deliveries',
  columns: deliveryColumns,
  from: 'webhook_deliveries d',
  organization: 'd.organization_id',
  parent: 'd.endpoint_id',
  key: 'd.id',
  id: 'd.id',
});

export const deliveriesOfOrganization = { ...deliverySource, parent: 'd.organization_id' };

/** Returns a delivery of an organization; null if it does not exist. */
export async function findDelivery(database: Queryable, organizationId: string, id: string): Promise<DeliveryRow | null> {
  const [delivery] = await database.query<DeliveryRow>({
    label: 'webhook_delivery',
    text: `select ${deliveryColumns} from webhook_deliveries d where d.organization_id = $1 and d.id = $2`,
    values: [organizationId, id],
  });
  return delivery ?? null;
}

interface ListedDeliveries {
  /** Null: of every endpoint. */
  endpointId: string | null;
  /** Null: in every state. */
  status: WebhookDeliveryStatus | null;
  limit: number;
}

/** Returns deliveries of an organization, newest first. */
export function listDeliveries(
  database: Queryable,
  organizationId: string,
  { endpointId, status, limit }: ListedDeliveries,
): Promise<DeliveryRow[]> {
  return database.query({
    label: 'webhook_delivery_list',
    text: `select ${deliveryColumns} from webhook_deliveries d where d.organization_id = $1 and ($2::uuid is null or d.endpoint_id = $2)
        and ($3::text is null or d.status = $3::text::webhook_delivery_status)
      order by d.created_at desc, d.id desc limit $4::int`,
    values: [organizationId, endpointId, status, limit],
  });
}

import type { Queryable } from '../../../database/database.ts';
import { columns } from '../../../database/source.ts';
import type { WebhookDeliveryModel, WebhookEndpointModel } from '../../../generated/prisma/models.ts';

const deliveryFields = [
  'organizationId',
  'id',
  'endpointId',
  'kind',
  'agentId',
  'conversationId',
  'messageId',
  'reactionId',
  'attempts',
  'createdAt',
] as const;
const endpointFields = ['url', 'secret', 'previousSecret', 'previousSecretUntil', 'contextLimit', 'timeoutSeconds'] as const;

/** A delivery that this gateway sends, with the settings of its endpoint. Its secrets are sealed. */
export type ClaimedDelivery = Pick<WebhookDeliveryModel, (typeof deliveryFields)[number]> &
  Pick<WebhookEndpointModel, (typeof endpointFields)[number]> & {
    /** The end of the lease. It also identifies the claim: see `finishDelivery`. */
    leaseEnd: Date;
    /** The current time of the sender. */
    now: Date;
  };

/** The time after the endpoint's timeout for which no other gateway takes a delivery. */
const reserveSeconds = 60;

/** The requests that a gateway sends at once: in all, to an organization's endpoints, and to one endpoint. */
export const mostRequests = { total: 100, perOrganization: 20, perEndpoint: 5 };

interface Claim {
  /** The endpoints to which this gateway is sending, one entry for each request. */
  sending: readonly { organizationId: string; endpointId: string }[];
  /** The milliseconds that the sender's clock is ahead of the database's. */
  aheadMs: number;
}

/**
 * Takes due deliveries of all organizations, the longest due first, and at most one of each conversation. No endpoint gets a second one before each has one, and
 * none more than its share: so a slow endpoint does not hold up others. If this gateway is killed, others take them at the end of the lease.
 */
export function claimDeliveries(database: Queryable, { sending, aheadMs }: Claim): Promise<ClaimedDelivery[]> {
  const free = mostRequests.total - sending.length;
  return database.query({
    label: 'webhook_claim',
    text: `with clock as materialized (select clock_timestamp() + $1::float8 * interval '1 millisecond' as now),
      sending as (select * from unnest($2::uuid[], $3::uuid[]) as s (organization_id, endpoint_id)),
      due as (
        select d.*, row_number() over (partition by d.organization_id order by d.nth, d.next_attempt_at)
          + (select count(*) from sending s where s.organization_id = d.organization_id) as nth_of_organization
        from webhook_endpoints w cross join clock cross join lateral (
          select d.organization_id, d.id, d.next_attempt_at, row_number() over (order by d.next_attempt_at, d.sequence) as nth
          from webhook_deliveries d where d.organization_id = w.organization_id and d.endpoint_id = w.id and d.next_attempt_at <= clock.now
            and (w.disabled_at is null or d.kind = 'TEST')
          order by d.next_attempt_at, d.sequence
          limit greatest(0, ${mostRequests.perEndpoint} - (select count(*) from sending s where s.endpoint_id = w.id))) d),
      chosen as (
        select organization_id, id from due where nth_of_organization <= ${mostRequests.perOrganization}
        order by nth_of_organization, next_attempt_at limit $4::int),
      locked as (
        select d.organization_id, d.id from chosen join webhook_deliveries d on d.organization_id = chosen.organization_id and d.id = chosen.id
        where d.next_attempt_at <= (select now from clock) for update of d skip locked)
      update webhook_deliveries d set last_attempt_at = clock.now,
        next_attempt_at = clock.now + (w.timeout_seconds + ${reserveSeconds}) * interval '1 second'
      from locked, clock, webhook_endpoints w
      where d.organization_id = locked.organization_id and d.id = locked.id and w.organization_id = d.organization_id and w.id = d.endpoint_id
      returning ${columns('d', deliveryFields)}, ${columns('w', endpointFields)}, d.next_attempt_at as "leaseEnd", clock.now as now`,
    values: [aheadMs, sending.map(({ organizationId }) => organizationId), sending.map(({ endpointId }) => endpointId), free],
  });
}

/** Returns the milliseconds until the next delivery is due, negative if one is due now; null if none is pending. */
export async function nextDueMs(database: Queryable, aheadMs: number): Promise<number | null> {
  const [next] = await database.query<{ ms: number | null }>({
    label: 'webhook_next_due',
    text: `select (extract(epoch from min(d.next_attempt_at) - clock_timestamp()) * 1000 - $1::float8)::float8 as ms
      from webhook_endpoints w cross join lateral (select d.next_attempt_at from webhook_deliveries d
        where d.organization_id = w.organization_id and d.endpoint_id = w.id and d.next_attempt_at is not null order by d.next_attempt_at limit 1) d`,
    values: [aheadMs],
  });
  return next?.ms ?? null;
}

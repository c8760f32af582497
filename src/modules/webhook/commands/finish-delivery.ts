import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import type { WebhookDeliveryStatus, WebhookDisabledReason } from '../../../generated/prisma/enums.ts';
import type { ClaimedDelivery } from './claim-deliveries.ts';
import { disableLocked } from './switch-endpoint.ts';

/** The result of an attempt. */
export interface Attempt {
  status: WebhookDeliveryStatus;
  /** The delay before the next attempt; null unless the delivery remains PENDING. */
  retryMs: number | null;
  /** False if nothing was sent, so that the attempt does not count. */
  counts: boolean;
  httpStatus: number | null;
  durationMs: number | null;
  responseBytes: number | null;
  error: string | null;
}

/** An endpoint is disabled after so many deliveries in a row have failed for good, the first of them so long ago. */
const deadEndpoint = { failures: 20, hours: 24 };
const goneStatus = 410;

type Claimed = Pick<ClaimedDelivery, 'organizationId' | 'id' | 'endpointId' | 'conversationId' | 'kind' | 'leaseEnd'>;

/**
 * Stores the result of an attempt. After the last one the next delivery of the conversation becomes due. Does nothing if the claim has ended: because of the lease,
 * a replay, or because the endpoint was disabled or deleted. @returns the reason for which the endpoint was disabled now, or null
 */
export function finishDelivery(
  database: RequestDatabase,
  claimed: Claimed,
  attempt: Attempt,
  aheadMs: number,
): Promise<WebhookDisabledReason | null> {
  const { organizationId, id, endpointId, conversationId, kind, leaseEnd } = claimed;
  const { status, retryMs, counts, httpStatus, durationMs, responseBytes, error } = attempt;
  return database.transaction(async (tx) => {
    const [endpoint] = await tx.query<{ failuresInARow: number; disabledAt: Date | null }>({
      label: 'webhook_finish_lock',
      text: `select w.failures_in_a_row as "failuresInARow", w.disabled_at as "disabledAt" from webhook_endpoints w
        where w.organization_id = $1 and w.id = $2 for no key update`,
      values: [organizationId, endpointId],
    });
    if (endpoint === undefined) return null;
    const finished = await tx.query<{ id: string }>({
      label: 'webhook_finish',
      text: `update webhook_deliveries d set status = $4::webhook_delivery_status, attempts = d.attempts + $5::int, http_status = $6::int, duration_ms = $7::int,
          response_bytes = $8::int, error = $9::text, next_attempt_at = ${now('$11')} + $10::float8 * interval '1 millisecond'
        where d.organization_id = $1 and d.id = $2 and d.status = 'PENDING' and d.next_attempt_at = $3 returning d.id`,
      values: [organizationId, id, leaseEnd, status, counts ? 1 : 0, httpStatus, durationMs, responseBytes, error, retryMs, aheadMs],
    });
    if (finished.length === 0 || status === 'PENDING') return null;
    if (conversationId !== null) await beginNext(tx, claimed, aheadMs);
    // A test says nothing about the endpoint that its own result does not say.
    if (kind === 'TEST') return null;
    if (status === 'DELIVERED' && endpoint.failuresInARow > 0) await forgetFailures(tx, claimed);
    return status === 'FAILED' && endpoint.disabledAt === null ? countFailure(tx, claimed, httpStatus, aheadMs) : null;
  });
}

const now = (aheadMs: string) => `clock_timestamp() + ${aheadMs}::float8 * interval '1 millisecond'`;

/** Makes the next delivery of a conversation due. */
async function beginNext(tx: Transaction, { organizationId, endpointId, conversationId }: Claimed, aheadMs: number): Promise<void> {
  await tx.query({
    label: 'webhook_begin_next',
    text: `update webhook_deliveries d set next_attempt_at = ${now('$4')}
      where d.organization_id = $1 and d.next_attempt_at is null and d.id = (select n.id from webhook_deliveries n
        where n.organization_id = $1 and n.endpoint_id = $2 and n.conversation_id = $3 and n.status = 'PENDING' order by n.sequence limit 1)`,
    values: [organizationId, endpointId, conversationId, aheadMs],
  });
}

async function forgetFailures(tx: Transaction, { organizationId, endpointId }: Claimed): Promise<void> {
  await tx.query({
    label: 'webhook_forget_failures',
    text: 'update webhook_endpoints set failures_in_a_row = 0, failing_since = null where organization_id = $1 and id = $2',
    values: [organizationId, endpointId],
  });
}

/** Counts a delivery that failed for good, and disables the endpoint if it is dead. */
async function countFailure(
  tx: Transaction,
  { organizationId, endpointId }: Claimed,
  httpStatus: number | null,
  aheadMs: number,
): Promise<WebhookDisabledReason | null> {
  const [counted] = await tx.query<{ dead: boolean }>({
    label: 'webhook_count_failure',
    text: `update webhook_endpoints w set failures_in_a_row = w.failures_in_a_row + 1, failing_since = coalesce(w.failing_since, ${now('$3')})
      where w.organization_id = $1 and w.id = $2
      returning w.failures_in_a_row >= ${deadEndpoint.failures} and w.failing_since <= ${now('$3')} - ${deadEndpoint.hours} * interval '1 hour' as dead`,
    values: [organizationId, endpointId, aheadMs],
  });
  const reason = httpStatus === goneStatus ? 'GONE' : counted?.dead === true ? 'FAILING' : null;
  if (reason !== null) await disableLocked(tx, organizationId, endpointId, reason);
  return reason;
}

import { uuidv7 } from 'uuidv7';
import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { badInput } from '../../../errors.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { retentionChannel } from '../../event/store/channels.ts';
import { lockOrganization } from '../store/lock.ts';
import { type OrganizationRow, organizationFields } from '../store/rows.ts';

const dayMs = 86_400_000;

/**
 * Replaces the retention policy from now on. Content that is past the old policy's window stays redacted. An equal value changes nothing.
 * @param days 1 to 36,500, or null to keep content without end. @returns the organization; `changed` is true if this changed it. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function updateRetention(
  database: RequestDatabase,
  organizationId: string,
  days: number | null,
): Promise<OrganizationRow & { changed: boolean }> {
  checkRetentionDays('days', days);
  return database.transaction(async (tx) => {
    const before = await lockOrganization(tx, organizationId);
    if (before.retentionDays === days) return { ...before, changed: false };
    const effectiveFrom = await appendPolicy(tx, organizationId, days);
    const after = await tx.prisma.organization.update({
      where: { id: organizationId },
      data: { retentionDays: days, redactedThrough: redactedThrough(before, effectiveFrom) },
      select: organizationFields,
    });
    await writeEvents(tx, organizationId, [{ kind: 'RETENTION_CHANGED' }]);
    await tx.query({ label: 'retention_notify', text: `select pg_notify('${retentionChannel}', '')` });
    return { ...after, changed: true };
  });
}

/** Appends to the policy history. @returns the time from which the policy applies */
async function appendPolicy(tx: Transaction, organizationId: string, days: number | null): Promise<Date> {
  const [policy] = await tx.query<{ effectiveFrom: Date }>({
    label: 'retention_append',
    // Later than the last policy: the history is ordered by time, because the ids come from the clocks of several gateways.
    text: `insert into retention_policies (organization_id, id, days, effective_from)
      select $1, $2, $3, greatest(date_trunc('milliseconds', clock_timestamp()), max(effective_from) + interval '1 millisecond')
      from retention_policies where organization_id = $1 returning effective_from as "effectiveFrom"`,
    values: [organizationId, uuidv7(), days],
  });
  if (policy === undefined) throw new Error('an insert returned no row');
  return policy.effectiveFrom;
}

/** Returns the time through which content stays redacted after the old policy ends at `end`. Without an old window it does not change. */
function redactedThrough(before: OrganizationRow, end: Date): Date | null {
  if (before.retentionDays === null) return before.redactedThrough;
  const pastWindow = new Date(end.getTime() - before.retentionDays * dayMs);
  return before.redactedThrough !== null && before.redactedThrough > pastWindow ? before.redactedThrough : pastWindow;
}

/** Checks a retention window in days of 24 hours; null is no window. @throws BAD_USER_INPUT naming `field` */
export function checkRetentionDays(field: string, days: number | null): void {
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= 36_500)) {
    throw badInput(field, 'must be a whole number of days, 1 to 36500, or none');
  }
}

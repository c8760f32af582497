import { uuidv7 } from 'uuidv7';
import type { RequestDatabase } from '../../../database/database.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { retentionChannel } from '../../event/store/channels.ts';
import { type Organization, organizationColumns } from '../store/columns.ts';
import { noOrganization } from '../store/find.ts';
import { checkRetentionDays } from './retention-days.ts';

/**
 * Puts another retention policy in force from now on; what the old one had put past its window stays gone. The same value again changes nothing.
 * @param days 1 to 36,500, or null to keep content without end. @returns the organization, and whether this changed it. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function updateRetention(
  database: RequestDatabase,
  organizationId: string,
  days: number | null,
): Promise<Organization & { changed: boolean }> {
  checkRetentionDays('days', days);
  return database.transaction(async (tx) => {
    const [before] = await tx.query<Organization>({
      label: 'retention_lock',
      // Not `for update`: rows that point to the organization are still being written meanwhile.
      text: `select ${organizationColumns} from organizations where id = $1 for no key update`,
      values: [organizationId],
    });
    if (before === undefined) throw noOrganization(organizationId);
    if (before.retentionDays === days) return { ...before, changed: false };

    // After the lock, and after the last policy: the order of the history is the order of its instants, whoever's clock made the ids.
    const [policy] = await tx.query<{ effectiveFrom: Date }>({
      label: 'retention_append',
      text: `insert into retention_policies (organization_id, id, days, effective_from)
        select $1, $2, $3, greatest(date_trunc('milliseconds', clock_timestamp()), max(effective_from) + interval '1 millisecond')
        from retention_policies where organization_id = $1 returning effective_from as "effectiveFrom"`,
      values: [organizationId, uuidv7(), days],
    });
    // Null days leave `greatest` with the old instant: no window was in force, so nothing more went.
    const [after] = await tx.query<Organization>({
      label: 'retention_change',
      text: `update organizations set retention_days = $2,
          redacted_through = greatest(redacted_through, $3::timestamptz - retention_days * interval '24 hours')
        where id = $1 returning ${organizationColumns}`,
      values: [organizationId, days, policy?.effectiveFrom],
    });
    await writeEvents(tx, organizationId, [{ kind: 'RETENTION_CHANGED' }]);
    await tx.query({ label: 'retention_notify', text: `select pg_notify('${retentionChannel}', '')` });
    return { ...(after ?? before), changed: true };
  });
}

import { uuidv7 } from 'uuidv7';
import type { RequestDatabase } from '../../../database/database.ts';
import { checkName } from '../../../values/name.ts';
import { type OrganizationRow, organizationColumns } from '../store/rows.ts';
import { checkRetentionDays } from './update-retention.ts';

interface NewOrganization {
  name: string;
  /** 1 to 36,500; null keeps content without end. */
  retentionDays: number | null;
}

/** Creates an organization and its own participant. Its policy history begins at the same time. @throws BAD_USER_INPUT */
export async function createOrganization(
  database: Pick<RequestDatabase, 'transaction'>,
  { name, retentionDays }: NewOrganization,
): Promise<OrganizationRow> {
  checkName('name', name);
  checkRetentionDays('retentionDays', retentionDays);
  return database.transaction(async (tx) => {
    const [organization] = await tx.query<OrganizationRow>({
      label: 'organization_create',
      // Truncated, not rounded: the policy must not begin after the time at which it is read.
      text: `insert into organizations as o (id, name, retention_days, created_at)
        values ($1, $2, $3, date_trunc('milliseconds', clock_timestamp())) returning ${organizationColumns}`,
      values: [uuidv7(), name, retentionDays],
    });
    if (organization === undefined) throw new Error('an insert returned no row');
    await tx.prisma.retentionPolicy.create({
      data: { organizationId: organization.id, id: uuidv7(), days: retentionDays, effectiveFrom: organization.createdAt },
    });
    await tx.query({
      label: 'organization_create_participant',
      text: `insert into participants (organization_id, id, number, kind) values ($1, $2, next_number($1), 'ORGANIZATION')`,
      values: [organization.id, uuidv7()],
    });
    return organization;
  });
}

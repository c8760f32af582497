import { uuidv7 } from 'uuidv7';
import type { Database } from '../../../database/database.ts';
import { checkName } from '../../../values/name.ts';
import { type Organization, organizationColumns } from '../store/columns.ts';
import { checkRetentionDays } from './retention-days.ts';

interface NewOrganization {
  name: string;
  /** 1 to 36,500; null keeps content without end. */
  retentionDays: number | null;
}

/** Creates an organization, with itself as a participant; its policy history begins at the same instant. @throws BAD_USER_INPUT */
export async function createOrganization(
  database: Pick<Database, 'transaction'>,
  { name, retentionDays }: NewOrganization,
): Promise<Organization> {
  checkName('name', name);
  checkRetentionDays('retentionDays', retentionDays);
  return database.transaction(async (tx) => {
    const [organization] = await tx.query<Organization>({
      label: 'organization_create',
      // Truncated, not rounded: the policy must not begin after the instant at which it is read.
      text: `insert into organizations (id, name, retention_days, created_at)
        values ($1, $2, $3, date_trunc('milliseconds', clock_timestamp())) returning ${organizationColumns}`,
      values: [uuidv7(), name, retentionDays],
    });
    if (organization === undefined) throw new Error('an insert returned no row');
    await tx.query({
      label: 'organization_create_history',
      text: `insert into retention_policies (organization_id, id, days, effective_from) values ($1, $2, $3, $4)`,
      values: [organization.id, uuidv7(), retentionDays, organization.createdAt],
    });
    await tx.query({
      label: 'organization_create_participant',
      text: `insert into participants (organization_id, id, number, kind) values ($1, $2, next_number($1), 'ORGANIZATION')`,
      values: [organization.id, uuidv7()],
    });
    return organization;
  });
}

import type { Transaction } from '../../../database/database.ts';
import { noOrganization } from './find.ts';
import { type OrganizationRow, organizationColumns } from './rows.ts';

/** Locks an organization until the transaction ends. @throws NOT_FOUND */
export async function lockOrganization(tx: Transaction, id: string): Promise<OrganizationRow> {
  const [organization] = await tx.query<OrganizationRow>({
    label: 'organization_lock',
    // Not `for update`, which would stop writers of rows that point to the organization.
    text: `select ${organizationColumns} from organizations o where o.id = $1 for no key update`,
    values: [id],
  });
  if (organization === undefined) throw noOrganization(id);
  return organization;
}

import type { Queryable } from '../../../database/database.ts';
import { type OrganizationRow, organizationColumns } from './rows.ts';

/** Returns every organization, oldest first: for the operator, never for a key. */
export function listOrganizations(database: Queryable): Promise<OrganizationRow[]> {
  return database.query({
    label: 'organization_list',
    text: `select ${organizationColumns} from organizations o order by o.created_at, o.id`,
  });
}

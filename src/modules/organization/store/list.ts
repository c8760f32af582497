import type { Queryable } from '../../../database/database.ts';
import { type Organization, organizationColumns } from './columns.ts';

/** Returns all organizations, the oldest first. For the operator, never for a key. */
export function listOrganizations(database: Queryable): Promise<Organization[]> {
  return database.query({ label: 'organization_list', text: `select ${organizationColumns} from organizations order by created_at, id` });
}

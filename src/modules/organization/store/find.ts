import type { Queryable } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { type Organization, organizationColumns } from './columns.ts';

/** Returns an organization. @throws NOT_FOUND */
export async function findOrganization(database: Queryable, id: string): Promise<Organization> {
  const [organization] = await database.query<Organization>({
    label: 'organization_find',
    text: `select ${organizationColumns} from organizations where id = $1`,
    values: [id],
  });
  if (organization === undefined) throw noOrganization(id);
  return organization;
}

export function noOrganization(id: string): ParleyError {
  return new ParleyError('NOT_FOUND', `no organization ${id}`);
}

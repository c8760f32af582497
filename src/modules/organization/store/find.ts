import type { Models, Queryable } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { type OrganizationRow, organizationColumns, organizationFields } from './rows.ts';

/** Returns an organization. @throws NOT_FOUND `no organization …` */
export async function findOrganization({ prisma }: Models, id: string): Promise<OrganizationRow> {
  const organization = await prisma.organization.findUnique({ where: { id }, select: organizationFields });
  if (organization === null) throw noOrganization(id);
  return organization;
}

export function noOrganization(id: string): ParleyError {
  return new ParleyError('NOT_FOUND', `no organization ${id}`);
}

/** Returns every organization, oldest first: for the operator, never for a key. */
export function listOrganizations(database: Queryable): Promise<OrganizationRow[]> {
  return database.query({
    label: 'organization_list',
    text: `select ${organizationColumns} from organizations o order by o.created_at, o.id`,
  });
}

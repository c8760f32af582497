import type { Models } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { type OrganizationRow, organizationFields } from './rows.ts';

/** Returns an organization. @throws NOT_FOUND `no organization …` */
export async function findOrganization({ prisma }: Models, id: string): Promise<OrganizationRow> {
  const organization = await prisma.organization.findUnique({ where: { id }, select: organizationFields });
  if (organization === null) throw noOrganization(id);
  return organization;
}

export function noOrganization(id: string): ParleyError {
  return new ParleyError('NOT_FOUND', `no organization ${id}`);
}

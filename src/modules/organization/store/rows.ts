import { columns } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { OrganizationModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'name', 'createdAt', 'retentionDays'] as const;

export type OrganizationRow = Pick<OrganizationModel, (typeof fields)[number]>;

/** The organization of the viewer, by its id: the condition on the organization finds no other. */
export const organizationSource = source<OrganizationRow>({
  label: 'organizations',
  columns: columns('o', fields),
  from: 'organizations o',
  organization: 'o.id',
  key: 'o.id',
});

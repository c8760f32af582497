import { columns } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { OrganizationModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'name', 'createdAt', 'retentionDays'] as const;

export type OrganizationRow = Pick<OrganizationModel, (typeof fields)[number]>;

/** Only ever one's own: the organization is its own wall. */
export const organizationSource = source<OrganizationRow>({
  label: 'organizations',
  columns: columns('o', fields),
  from: 'organizations o',
  organization: 'o.id',
  key: 'o.id',
});

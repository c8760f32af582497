import { columns, selecting } from '../../../database/columns.ts';
import type { OrganizationModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'name', 'createdAt', 'retentionDays', 'redactedThrough'] as const;

export type OrganizationRow = Pick<OrganizationModel, (typeof fields)[number]>;

export const organizationColumns = columns('o', fields);
export const organizationFields = selecting(fields);

/** Only ever one's own: the organization is its own wall. */
export const organizationSource = {
  label: 'organizations',
  columns: organizationColumns,
  from: 'organizations o',
  organization: 'o.id',
  key: 'o.id',
};

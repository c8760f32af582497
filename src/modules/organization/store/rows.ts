import { columns, selecting, source } from '../../../database/source.ts';
import type { OrganizationModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'name', 'createdAt', 'retentionDays', 'redactedThrough'] as const;

export type OrganizationRow = Pick<OrganizationModel, (typeof fields)[number]>;

export const organizationColumns = columns('o', fields);
export const organizationFields = selecting(fields);

/** The organization of the viewer, by its id: the condition on the organization finds no other. */
export const organizationSource = source<OrganizationRow>({
  label: 'organizations',
  columns: organizationColumns,
  from: 'organizations o',
  organization: 'o.id',
  key: 'o.id',
});

import { columns } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { PhoneNumberModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'number', 'createdAt'] as const;

export type PhoneNumberRow = Pick<PhoneNumberModel, (typeof fields)[number]>;

/** Found by id, or by the organization as the parent of them all. */
export const phoneNumberSource = source<PhoneNumberRow>({
  label: 'phone_numbers',
  columns: columns('n', fields),
  from: 'phone_numbers n',
  organization: 'n.organization_id',
  parent: 'n.organization_id',
  key: 'n.id',
  id: 'n.id',
});

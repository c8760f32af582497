import { columns, source } from '../../../database/source.ts';
import type { PhoneNumberModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'number', 'createdAt'] as const;

export type PhoneNumberRow = Pick<PhoneNumberModel, (typeof fields)[number]>;

/** Phone numbers by id, and as the list of their organization. */
export const phoneNumberSource = source<PhoneNumberRow>({
  label: 'phone_numbers',
  columns: columns('n', fields),
  from: 'phone_numbers n',
  organization: 'n.organization_id',
  parent: 'n.organization_id',
  key: 'n.id',
  id: 'n.id',
});

import { builder } from '../../../graphql/schema/builder.ts';
import type { PhoneNumberRow } from '../store/rows.ts';

export const PhoneNumber = builder.objectRef<PhoneNumberRow>('PhoneNumber');

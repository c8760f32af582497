import { builder } from '../../graphql/builder.ts';
import type { PhoneNumberRow } from './rows.ts';

export const PhoneNumber = builder.objectRef<PhoneNumberRow>('PhoneNumber');

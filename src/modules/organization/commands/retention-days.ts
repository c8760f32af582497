import { badInput } from '../../../errors.ts';

/** Checks a retention window in days of 24 hours; null is no window. @throws BAD_USER_INPUT naming `field` */
export function checkRetentionDays(field: string, days: number | null): void {
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= 36_500)) {
    throw badInput(field, 'must be a whole number of days, 1 to 36500, or none');
  }
}

import { badInput } from '../../errors.ts';
import { findUnstorable } from './unstorable.ts';

const longestUrl = 2_048;

/** A link that people set: https, at most 2,048 characters, nothing that PostgreSQL cannot hold. @throws BAD_USER_INPUT naming `field` */
export function checkUrl(field: string, url: string): void {
  if (url.length > longestUrl) throw badInput(field, `must have at most ${longestUrl.toLocaleString('en')} characters`);
  if (!/^https:\/\/\S+$/i.test(url) || findUnstorable(url) !== null) throw badInput(field, 'must be an https URL');
}

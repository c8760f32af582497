import { badInput } from '../../errors.ts';
import { isHttpsUrl } from '../../https-url.ts';

const longestUrl = 2_048;

/** A link that people set: an https URL of at most 2,048 characters. @throws BAD_USER_INPUT naming `field` */
export function checkUrl(field: string, url: string): void {
  if (url.length > longestUrl) throw badInput(field, `must have at most ${longestUrl.toLocaleString('en')} characters`);
  if (!isHttpsUrl(url)) throw badInput(field, 'must be an https URL');
}

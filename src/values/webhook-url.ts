import { isIP } from 'node:net';
import { isInRanges, isPublicAddress, type Ranges } from './public-address.ts';

/** The most characters of a webhook's URL. */
const longestWebhookUrl = 2_083;

// As for links: `URL` alone accepts texts that it first has to fix. No user name or password, because every viewer of the webhook would see them.
const pattern = /^https?:\/\/[^/?#@\\\s\p{Cc}\p{Cs}]+([/?][^#\\\s\p{Cc}\p{Cs}]*)?$/iu;

/**
 * Returns the problem of a text to which webhooks cannot be sent, or null. A name is not resolved: the address is checked each time a webhook is sent.
 * @param allowed ranges that are allowed although they are not public. Without any, the URL must be https
 */
export function webhookUrlProblem(text: string, allowed: Ranges): string | null {
  if (text.length > longestWebhookUrl) return `must have at most ${longestWebhookUrl.toLocaleString('en')} characters`;
  const url = pattern.test(text) ? URL.parse(text) : null;
  if (url === null || (url.protocol === 'http:' && allowed.length === 0))
    return 'must be an https URL, without a user name, password or fragment';
  const host = hostOf(url);
  const addresses = isIP(host) === 0 ? namedAddresses(host) : [host];
  return addresses.every((address) => mayConnect(url, address, allowed)) ? null : 'must not lead to a private or reserved address';
}

/** Returns whether a webhook of this URL may be sent to this address: a public one by https, or an allowed one by http or https. */
export function mayConnect({ protocol }: URL, address: string, allowed: Ranges): boolean {
  return isInRanges(address, allowed) || (protocol === 'https:' && isPublicAddress(address));
}

/** Returns the host of a URL: a name, or an address without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Returns the address that a name has by its definition. */
function namedAddresses(host: string): string[] {
  return /(^|\.)localhost\.?$/.test(host) ? ['127.0.0.1'] : [];
}

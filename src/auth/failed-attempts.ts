import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import { ParleyError } from '../errors.ts';

/** Keys that an address may try in vain in a minute: many more than a program with an old key sends. */
export const maxFailures = 1_000;
const windowMs = 60_000;
const maxAddresses = 10_000;

interface Window {
  failures: number;
  endsAt: number;
}

/** Counts the keys that each client address tries in vain, minute by minute. A request without an address is not counted. */
export class FailedAttempts {
  readonly #windows = new LRUCache<string, Window>({ max: maxAddresses });

  /** Counts an attempt before it is known to fail, so that attempts at the same time count too. @throws RATE_LIMITED where none is left */
  take(address: string | null): void {
    if (address === null) return;
    const window = this.#windowOf(address);
    if (window.failures >= maxFailures) throw tooMany(window);
    window.failures += 1;
  }

  /** An attempt that was taken did not fail. */
  giveBack(address: string | null): void {
    if (address !== null) this.#windowOf(address).failures -= 1;
  }

  #windowOf(address: string): Window {
    const owner = ownerOf(address);
    const known = this.#windows.get(owner);
    if (known !== undefined && known.endsAt > Date.now()) return known;
    const window = { failures: 0, endsAt: Date.now() + windowMs };
    this.#windows.set(owner, window);
    return window;
  }
}

/** One client has 2^64 addresses of IPv6. */
function ownerOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length;
  const whole = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail?.split(':') ?? [])];
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':');
}

function tooMany({ endsAt }: Window): ParleyError {
  const retryAfter = Math.max(1, Math.ceil((endsAt - Date.now()) / 1_000));
  return new ParleyError('RATE_LIMITED', `too many unknown API keys came from this address: try again in ${retryAfter} seconds`, {
    retryAfter,
  });
}

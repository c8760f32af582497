import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import { ParleyError } from '../errors.ts';

/** The most unknown keys that an address may send in a minute: many more than a program with an old key does. */
export const maxFailures = 1_000;
const windowMs = 60_000;
const maxAddresses = 10_000;

interface Window {
  failures: number;
  endsAt: number;
}

/** Counts the unknown keys that each client address sends in a minute. A request without an address is not counted. */
export class FailedAttempts {
  readonly #windows = new LRUCache<string, Window>({ max: maxAddresses });

  /** Counts an attempt before its result is known, so that concurrent attempts count too. @throws RATE_LIMITED if none is left */
  take(address: string | null): void {
    if (address === null) return;
    const window = this.#windowOf(address);
    if (window.failures >= maxFailures) throw tooMany(window);
    window.failures += 1;
  }

  /** Takes back an attempt that did not fail. */
  giveBack(address: string | null): void {
    if (address !== null) this.#windowOf(address).failures -= 1;
  }

  #windowOf(address: string): Window {
    const owner = ownerOf(address);
    const current = this.#windows.get(owner);
    if (current !== undefined && current.endsAt > Date.now()) return current;
    const window = { failures: 0, endsAt: Date.now() + windowMs };
    this.#windows.set(owner, window);
    return window;
  }
}

/** Returns the IPv4 address, or the /64 of an IPv6 address, because one client has 2^64 of those. */
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

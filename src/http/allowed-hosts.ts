import { isLoopback } from '../values/loopback.ts';

/**
 * The hosts that requests may name: those that the operator lists and, while the demo is served, loopback names; all hosts if there is neither. Otherwise a page
 * of any site could let its own name point to this machine, and read the demo's data with the public keys.
 */
export class AllowedHosts {
  readonly #names: ReadonlySet<string>;
  readonly #demo: boolean;

  constructor(names: readonly string[], demo: boolean) {
    this.#names = new Set(names);
    this.#demo = demo;
  }

  /** True if all hosts that a request names are allowed: in its target, its Host header and a trusted proxy's header. Null counts as allowed. */
  allow(...hosts: readonly (string | null | undefined)[]): boolean {
    if (this.#names.size === 0 && !this.#demo) return true;
    return hosts.every((host) => host == null || this.#isAllowed(host));
  }

  #isAllowed(host: string): boolean {
    // `URL` normalizes IPv4 addresses, and names to lower case.
    const name = URL.parse(`http://${host}/`)?.hostname ?? '';
    return this.#names.has(name) || (this.#demo && isLoopback(name.replace(/^\[(.*)\]$/, '$1')));
  }
}

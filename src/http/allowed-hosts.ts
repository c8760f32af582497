import { isLoopback } from '../values/loopback.ts';

/**
 * The hosts that requests may be sent to. While the demo is served these are the names of this machine, because a page of any site can let a name of its own
 * point here and then read what the demo's public keys show; and those that the operator names.
 */
export class AllowedHosts {
  readonly #names: ReadonlySet<string>;
  readonly #demo: boolean;

  constructor(names: readonly string[], demo: boolean) {
    this.#names = new Set(names);
    this.#demo = demo;
  }

  /** True if every host that a request names is allowed: that of its target, of its Host header, and of a trusted proxy. Null: it names none. */
  allow(...hosts: readonly (string | null | undefined)[]): boolean {
    if (this.#names.size === 0 && !this.#demo) return true;
    return hosts.every((host) => host == null || this.#isAllowed(host));
  }

  #isAllowed(host: string): boolean {
    // Written as a browser would, with an IPv4 address in its usual form and a name in lower case.
    const name = URL.parse(`http://${host}/`)?.hostname ?? '';
    return this.#names.has(name) || (this.#demo && isLoopback(name.replace(/^\[(.*)\]$/, '$1')));
  }
}

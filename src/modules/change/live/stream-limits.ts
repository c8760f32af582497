import { ParleyError } from '../../../errors.ts';
import type { StreamOwner } from './key-watch.ts';

/** The most streams, and the most sockets, that may be open at once in one process. */
export interface MaxStreams {
  perKey: number;
  perOrganization: number;
}

/** Counts the open streams, or the open sockets, of each key and each organization. */
export class StreamLimits {
  readonly #kind: 'streams' | 'sockets';
  readonly #max: MaxStreams;
  readonly #open = new Map<string, number>();

  constructor(kind: 'streams' | 'sockets', max: MaxStreams) {
    this.#kind = kind;
    this.#max = max;
  }

  /** Counts a stream until it ends. @throws RATE_LIMITED if its key or its organization has too many */
  add({ viewer: { keyId, organizationId } }: StreamOwner, stream: { whenEnded(callback: () => void): void }): void {
    if (this.#count(keyId) >= this.#max.perKey) throw this.#tooMany('API key', this.#max.perKey);
    if (this.#count(organizationId) >= this.#max.perOrganization) throw this.#tooMany('organization', this.#max.perOrganization);
    for (const id of [keyId, organizationId]) this.#open.set(id, this.#count(id) + 1);
    stream.whenEnded(() => {
      for (const id of [keyId, organizationId]) {
        if (this.#count(id) > 1) this.#open.set(id, this.#count(id) - 1);
        else this.#open.delete(id);
      }
    });
  }

  #count(id: string): number {
    return this.#open.get(id) ?? 0;
  }

  #tooMany(owner: string, limit: number): ParleyError {
    const advice = this.#kind === 'streams' ? 'subscribe again' : 'connect again';
    const message = `this ${owner} has ${limit.toLocaleString('en')} ${this.#kind} open already: close one, then ${advice}`;
    return new ParleyError('RATE_LIMITED', message);
  }
}

import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Queryable } from '../../../database/database.ts';
import { Loaders } from '../../../database/loaders.ts';

/** How long rows that were loaded for one subscriber may be shown to others of its key. */
const maxAgeMs = 250;
const maxKeys = 1_000;

interface Shared {
  organizationId: string;
  loaders: Loaders;
  epoch: number;
}

/**
 * Batch loaders that all streams of one key share, so that an event is loaded once however many wait for it. Every reading of events begins an epoch: what
 * an event is shown with was loaded in its epoch or later, never before it happened.
 */
export class LiveLoaders {
  readonly #database: Queryable;
  readonly #byKey = new LRUCache<string, Shared>({ max: maxKeys, ttl: maxAgeMs, ttlAutopurge: true });
  #epoch = 0;

  constructor(database: Queryable) {
    this.#database = database;
  }

  /** Events were just read. @returns the epoch that they belong to */
  advance(): number {
    this.#epoch += 1;
    return this.#epoch;
  }

  of({ keyId, organizationId }: Viewer, epoch: number): Loaders {
    const shared = this.#byKey.get(keyId);
    if (shared !== undefined && shared.epoch >= epoch) return shared.loaders;
    const loaders = new Loaders(this.#database, organizationId);
    this.#byKey.set(keyId, { organizationId, loaders, epoch: this.#epoch });
    return loaders;
  }

  /**
   * Something that may have been loaded was changed, or is gone: from here on it is loaded anew. Between a commit and its event's being read here,
   * which is the nature of the thing, a stream may still be shown what was.
   */
  forget(organizationId: string): void {
    for (const shared of this.#byKey.values()) if (shared.organizationId === organizationId) shared.loaders.forget();
  }

  close(): void {
    this.#byKey.clear();
  }
}

import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Queryable } from '../../../database/database.ts';
import { Loaders } from '../../../database/loaders.ts';

/** The time in which rows that were loaded for one subscriber may be shown to others. */
const maxAgeMs = 250;
const maxShared = 1_000;

interface Shared {
  organizationId: string;
  loaders: Loaders;
  epoch: number;
}

/**
 * Batch loaders that all streams of an organization with the same scopes share, so that an event is loaded once however many wait for it. Every reading of events begins an epoch: what
 * an event is shown with was loaded in its epoch or later, never before it happened.
 */
export class LiveLoaders {
  readonly #databaseOf: (organizationId: string) => Queryable;
  readonly #shared = new LRUCache<string, Shared>({ max: maxShared, ttl: maxAgeMs, ttlAutopurge: true });
  #epoch = 0;

  constructor(databaseOf: (organizationId: string) => Queryable) {
    this.#databaseOf = databaseOf;
  }

  /** Events were just read. @returns the epoch that they belong to */
  advance(): number {
    this.#epoch += 1;
    return this.#epoch;
  }

  of({ organizationId, scopes }: Viewer, epoch: number): Loaders {
    const key = [organizationId, ...[...scopes].sort()].join(' ');
    const shared = this.#shared.get(key);
    if (shared !== undefined && shared.epoch >= epoch) return shared.loaders;
    const loaders = new Loaders(this.#databaseOf(organizationId), organizationId);
    this.#shared.set(key, { organizationId, loaders, epoch: this.#epoch });
    return loaders;
  }

  /**
   * Something that may have been loaded was changed, or is gone: from here on it is loaded anew. Between a commit and its event's being read here,
   * which is the nature of the thing, a stream may still be shown what was.
   */
  forget(organizationId: string): void {
    for (const shared of this.#shared.values()) if (shared.organizationId === organizationId) shared.loaders.forget();
  }

  close(): void {
    this.#shared.clear();
  }
}

import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Queryable } from '../../../database/database.ts';
import { Loaders } from '../../../database/loaders.ts';

/** The time for which rows that were loaded for one stream are shown to others. */
const maxAgeMs = 250;
const maxShared = 1_000;

interface Shared {
  organizationId: string;
  loaders: Loaders;
  epoch: number;
}

/**
 * Batch loaders that the streams of an organization with the same scopes share, so that an event's rows are loaded once for all of them. Each read of events
 * begins an epoch. An event is shown with rows of its own epoch or a later one, so never with rows older than the event.
 */
export class LiveLoaders {
  readonly #databaseOf: (organizationId: string) => Queryable;
  readonly #shared = new LRUCache<string, Shared>({ max: maxShared, ttl: maxAgeMs, ttlAutopurge: true });
  #epoch = 0;

  constructor(databaseOf: (organizationId: string) => Queryable) {
    this.#databaseOf = databaseOf;
  }

  /** Begins a new epoch, for events that were just read. @returns its number */
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
   * Drops the loaded rows of an organization after one of them changed or was redacted. A stream may show the old row between the commit and the read of its
   * event.
   */
  forget(organizationId: string): void {
    for (const shared of this.#shared.values()) if (shared.organizationId === organizationId) shared.loaders.forget();
  }

  close(): void {
    this.#shared.clear();
  }
}

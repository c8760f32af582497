import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database/database.ts';
import { isScope } from './scopes.ts';
import { hashSecret } from './secret.ts';
import type { Viewer } from './viewer.ts';

/** How long a revoked key may still be answered, and an unknown one stays unknown. */
const cacheMs = 5_000;
const cacheSize = 10_000;

/** The viewer behind an Authorization header; null where it carries no key that is known, unexpired and unrevoked. */
export type Authenticate = (authorization: string | null) => Promise<Viewer | null>;

/** What this process remembers of each database's keys. */
const caches = new WeakMap<Database, LRUCache<string, Promise<Viewer | null>>>();

/** After keys ended: the next request with any key looks it up again, in this process. */
export function forgetKeys(database: Database): void {
  caches.get(database)?.clear();
}

export function authenticator(database: Database): Authenticate {
  // Promises, not answers: requests that arrive together with one key cost one look-up.
  const cache = new LRUCache<string, Promise<Viewer | null>>({ max: cacheSize, ttl: cacheMs });
  caches.set(database, cache);
  const lookUp = (hash: Buffer, key: string) => {
    const found = findViewer(database, hash);
    cache.set(key, found);
    found.catch(() => {
      // Kept for this turn, however long it took: who is handed on after the failure meets the same one, and does not wait again.
      cache.set(key, found);
      setImmediate(() => cache.delete(key));
    });
    return found;
  };
  return async (authorization) => {
    const secret = /^bearer +([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1];
    if (secret === undefined) return null;
    const hash = hashSecret(secret);
    const key = hash.toString('latin1');
    const viewer = await (cache.get(key) ?? lookUp(hash, key));
    return viewer?.expiresAt && viewer.expiresAt.getTime() <= Date.now() ? null : viewer;
  };
}

async function findViewer(database: Database, hash: Buffer): Promise<Viewer | null> {
  const key = await database.prisma.apiKey.findUnique({ where: { hash: new Uint8Array(hash) } });
  if (key === null || key.revokedAt !== null || !timingSafeEqual(key.hash, hash)) return null;
  return {
    organizationId: key.organizationId,
    keyId: key.id,
    keyName: key.name,
    scopes: new Set(key.scopes.filter(isScope)),
    expiresAt: key.expiresAt,
  };
}

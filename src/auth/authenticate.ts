import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database/database.ts';
import { columns } from '../database/source.ts';
import { FailedAttempts } from './failed-attempts.ts';
import { isScope } from './scopes.ts';
import { hashSecret } from './secret.ts';
import type { Viewer } from './viewer.ts';

/** The time for which a key is cached. So long it may work after it was revoked. */
const cacheMs = 5_000;
/** The time for which a key stays unknown, even if another process creates it meanwhile. */
const unknownMs = 2_000;
const cacheSize = 10_000;

/**
 * Returns the viewer of an Authorization header; null if it holds no valid key. `address`: the client's address, whose failures are limited; null: no limit.
 * @throws RATE_LIMITED
 */
export type Authenticate = (authorization: string | null, address?: string | null) => Promise<Viewer | null>;

/** `forgetKeys` must be called after keys were created or ended. The next request of this process looks its key up again. */
type Authenticator = Authenticate & { forgetKeys: () => void };

export function authenticator(database: Database): Authenticator {
  // Promises instead of viewers, so that requests that arrive together share one look-up.
  const cache = new LRUCache<string, Promise<Viewer | null>>({ max: cacheSize, ttl: cacheMs });
  // A separate cache: in the other one, unknown keys would displace valid ones.
  const unknown = new LRUCache<string, true>({ max: cacheSize, ttl: unknownMs, ttlResolution: 0, perf: { now: () => Date.now() } });
  // Keys that were valid at their last look-up. The limit of an address does not apply to them.
  const proven = new LRUCache<string, true>({ max: cacheSize });
  const failed = new FailedAttempts();

  const lookUp = (hash: Buffer, key: string) => {
    const found = findViewer(database, hash);
    cache.set(key, found);
    found.then(
      (viewer) => {
        if (viewer !== null) return void proven.set(key, true);
        if (cache.peek(key) === found) cache.delete(key);
        proven.delete(key);
        unknown.set(key, true);
      },
      () => {
        // Cached for this turn of the event loop: if `nodeHandler` passes the request on to `answer`, that fails at once too, without a second wait.
        cache.set(key, found);
        setImmediate(() => cache.delete(key));
      },
    );
    return found;
  };

  const authenticate: Authenticate = async (authorization, address = null) => {
    const secret = /^bearer +([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1];
    if (secret === undefined) return null;
    const hash = hashSecret(secret);
    const key = hash.toString('latin1');
    const isProven = proven.has(key);
    if (!isProven) failed.take(address);
    const viewer = unknown.has(key)
      ? null
      : await (cache.get(key) ?? lookUp(hash, key)).catch((error: unknown) => {
          // The database failed, not the client.
          if (!isProven) failed.giveBack(address);
          throw error;
        });
    if (viewer === null || hasExpired(viewer)) return null;
    if (!isProven) failed.giveBack(address);
    return viewer;
  };

  const forgetKeys = () => {
    cache.clear();
    unknown.clear();
  };
  return Object.assign(authenticate, { forgetKeys });
}

function hasExpired({ expiresAt }: Viewer): boolean {
  return expiresAt !== null && expiresAt.getTime() <= Date.now();
}

const keyFields = ['organizationId', 'id', 'name', 'hash', 'scopes', 'expiresAt', 'budgetPerMinute'] as const;

interface KeyRow {
  organizationId: string;
  id: string;
  name: string;
  hash: Uint8Array;
  scopes: string[];
  expiresAt: Date | null;
  budgetPerMinute: number | null;
  searchSalt: string | null;
}

async function findViewer(database: Database, hash: Buffer): Promise<Viewer | null> {
  const [key] = await database.query<KeyRow>({
    label: 'api_key_look_up',
    text: `select ${columns('k', keyFields)}, case when o.search_salted_at is not null then o.search_salt end as "searchSalt"
      from api_keys k join organizations o on o.id = k.organization_id where k.hash = $1 and k.revoked_at is null`,
    values: [hash],
  });
  if (key === undefined || !timingSafeEqual(key.hash, hash)) return null;
  const { organizationId, id, name, scopes, expiresAt, budgetPerMinute, searchSalt } = key;
  return { organizationId, keyId: id, keyName: name, scopes: new Set(scopes.filter(isScope)), expiresAt, budgetPerMinute, searchSalt };
}

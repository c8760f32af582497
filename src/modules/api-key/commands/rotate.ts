import { isScope } from '../../../auth/scopes.ts';
import { contractOf, newSecret } from '../../../auth/secret.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { hasEnded, lockKey, lockPair, noApiKey } from '../store/lock.ts';
import { type ApiKeyRow, apiKeyColumns } from '../store/rows.ts';
import { createApiKey } from './create.ts';
import { checkExpiry, checkScopes } from './grant.ts';
import { revokeApiKey } from './revoke.ts';

/** The most seconds for which the secret of a rotated key still works. */
export const longestGraceSeconds = 7 * 86_400;

interface Rotation {
  /** Seconds for which the old secret still works, at most a week. */
  graceSeconds: number;
  /** The end of the new key; null: no end, for a viewer the end of its own key. Undefined: the end of the old key, or of the viewer's key if that is earlier. */
  expiresAt: Date | null | undefined;
}

interface Rotated {
  /** Shown once. */
  secret: string;
  key: ApiKeyRow;
  /** The old key, with its new end. */
  replaced: ApiKeyRow;
}

/** Replaces a key by one of the same name and scopes with a new secret. @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT if the old key has already ended */
export async function rotateApiKey(database: RequestDatabase, organizationId: string, id: string, rotation: Rotation): Promise<Rotated> {
  checkGrace(rotation);
  return database.transaction(async (tx) => {
    const old = await lockKey(tx, organizationId, id);
    refuseEnded(old);
    return replace(tx, organizationId, old, rotation.graceSeconds, rotation.expiresAt === undefined ? old.expiresAt : rotation.expiresAt);
  });
}

/** Replaces a key for a viewer, whose own key must have its scopes and must not end earlier. @throws as `rotateApiKey`, FORBIDDEN, UNAUTHENTICATED */
export async function rotateAsViewer(database: RequestDatabase, viewer: Viewer, id: string, rotation: Rotation): Promise<Rotated> {
  checkGrace(rotation);
  return database.transaction(async (tx) => {
    const { maker, key: old } = await lockPair(tx, viewer, id);
    checkScopes(maker, old.scopes, 'rotates');
    refuseEnded(old);
    const { expiresAt: requested } = rotation;
    const expiresAt = requested === undefined ? earlier(old.expiresAt, maker.expiresAt) : checkExpiry(maker, requested);
    return replace(tx, viewer.organizationId, old, rotation.graceSeconds, expiresAt);
  });
}

function checkGrace({ graceSeconds }: Rotation): void {
  if (graceSeconds < 0 || graceSeconds > longestGraceSeconds)
    throw badInput('graceSeconds', `must be from 0 to ${longestGraceSeconds.toLocaleString('en')}`);
}

function refuseEnded(key: ApiKeyRow): void {
  if (hasEnded(key)) throw new ParleyError('CONFLICT', 'this key has already ended: create another');
}

async function replace(
  tx: Transaction,
  organizationId: string,
  old: ApiKeyRow,
  graceSeconds: number,
  expiresAt: Date | null,
): Promise<Rotated> {
  const { id, name, budgetPerMinute } = old;
  const secret = newSecret(contractOf(old.hint));
  const scopes = old.scopes.filter(isScope);
  const key = await createApiKey(tx, organizationId, { secret, name, scopes, expiresAt, budgetPerMinute });
  const replaced = graceSeconds === 0 ? await revokeApiKey(tx, organizationId, id) : await endApiKey(tx, organizationId, id, graceSeconds);
  return { secret, key, replaced };
}

/** Returns the earlier end; null is no end. */
function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** Ends a key after a number of seconds, unless it ends earlier. */
async function endApiKey(tx: Transaction, organizationId: string, id: string, seconds: number): Promise<ApiKeyRow> {
  const [key] = await tx.query<ApiKeyRow>({
    label: 'api_key_end',
    text: `update api_keys k set expires_at = least(k.expires_at, clock_timestamp() + $3 * interval '1 second')
      where k.organization_id = $1 and k.id = $2 returning ${apiKeyColumns}`,
    values: [organizationId, id, seconds],
  });
  if (key === undefined) throw noApiKey();
  return key;
}

import { isScope } from '../../../auth/scopes.ts';
import { contractOf, newSecret } from '../../../auth/secret.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { hasEnded, lockPair, noApiKey } from '../store/lock.ts';
import { type ApiKeyRow, apiKeyColumns } from '../store/rows.ts';
import { createApiKey } from './create.ts';
import { checkExpiry, checkScopes } from './grant.ts';
import { revokeApiKey } from './revoke.ts';

const longestGraceSeconds = 7 * 86_400;

interface Rotation {
  /** Seconds for which the old secret still works, at most a week. */
  graceSeconds: number;
  /** The end of the new key. Null: the end of the viewer's key. Undefined: the end of the old key, or of the viewer's key if that is earlier. */
  expiresAt: Date | null | undefined;
}

/**
 * Replaces a key by one of the same name and scopes with a new secret, which is shown once. The viewer's own key must have these scopes and must not end earlier.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, UNAUTHENTICATED, CONFLICT if the old key has already ended
 */
export async function rotateApiKey(
  database: RequestDatabase,
  viewer: Viewer,
  id: string,
  { graceSeconds, expiresAt: requested }: Rotation,
): Promise<{ secret: string; key: ApiKeyRow; replaced: ApiKeyRow }> {
  const { organizationId } = viewer;
  if (graceSeconds < 0 || graceSeconds > longestGraceSeconds)
    throw badInput('graceSeconds', `must be from 0 to ${longestGraceSeconds.toLocaleString('en')}`);
  return database.transaction(async (tx) => {
    const { maker, key: old } = await lockPair(tx, viewer, id);
    checkScopes(maker, old.scopes, 'rotates');
    if (hasEnded(old)) throw new ParleyError('CONFLICT', 'this key has already ended: create another');
    const expiresAt = requested === undefined ? earlier(old.expiresAt, maker.expiresAt) : checkExpiry(maker, requested);
    const secret = newSecret(contractOf(old.hint));
    const scopes = old.scopes.filter(isScope);
    const { name, budgetPerMinute } = old;
    const key = await createApiKey(tx, organizationId, { secret, name, scopes, expiresAt, budgetPerMinute });
    const replaced =
      graceSeconds === 0 ? await revokeApiKey(tx, organizationId, id) : await endApiKey(tx, organizationId, id, graceSeconds);
    return { secret, key, replaced };
  });
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

import { isScope } from '../../auth/scopes.ts';
import { contractOf, newSecret } from '../../auth/secret.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database, Transaction } from '../../database/database.ts';
import { badInput, ParleyError } from '../../errors.ts';
import { type ApiKey, apiKeyColumns } from './columns.ts';
import { createApiKey } from './create.ts';
import { checkExpiry, checkGrant } from './grant.ts';
import { noApiKey, revokeApiKey } from './revoke.ts';

const longestGraceSeconds = 7 * 86_400;

interface Rotation {
  /** How long the old secret still works, at most a week; 0: no longer. */
  graceSeconds: number;
  /** When the new one ends; null: never; undefined: as the old one. */
  expiresAt: Date | null | undefined;
}

/**
 * A key of the same name and scopes with a new secret, which is shown once; the old one ends.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, CONFLICT where the old one has ended already
 */
export async function rotateApiKey(
  database: Database,
  viewer: Viewer,
  id: string,
  { graceSeconds, expiresAt }: Rotation,
): Promise<{ secret: string; key: ApiKey; replaced: ApiKey }> {
  const { organizationId } = viewer;
  if (graceSeconds < 0 || graceSeconds > longestGraceSeconds)
    throw badInput('graceSeconds', `must be from 0 to ${longestGraceSeconds.toLocaleString('en')}`);
  if (expiresAt !== undefined) checkExpiry(expiresAt);
  return database.transaction(async (tx) => {
    const old = await lockApiKey(tx, organizationId, id);
    const scopes = old.scopes.filter(isScope);
    checkGrant(viewer, scopes);
    if (old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt.getTime() <= Date.now()))
      throw new ParleyError('CONFLICT', 'this key has ended already: create another');
    const secret = newSecret(contractOf(old.hint));
    const end = expiresAt === undefined ? old.expiresAt : expiresAt;
    const key = await createApiKey(tx, organizationId, { secret, name: old.name, scopes, expiresAt: end });
    const replaced =
      graceSeconds === 0 ? await revokeApiKey(tx, organizationId, id) : await endApiKey(tx, organizationId, id, graceSeconds);
    return { secret, key, replaced };
  });
}

async function lockApiKey(tx: Transaction, organizationId: string, id: string): Promise<ApiKey> {
  const [key] = await tx.query<ApiKey>({
    label: 'api_key_lock',
    text: `select ${apiKeyColumns} from api_keys where organization_id = $1 and id = $2 for no key update`,
    values: [organizationId, id],
  });
  if (key === undefined) throw noApiKey();
  return key;
}

/** Not later than it would have ended. */
async function endApiKey(tx: Transaction, organizationId: string, id: string, seconds: number): Promise<ApiKey> {
  const [key] = await tx.query<ApiKey>({
    label: 'api_key_end',
    text: `update api_keys set expires_at = least(expires_at, clock_timestamp() + $3 * interval '1 second')
      where organization_id = $1 and id = $2 returning ${apiKeyColumns}`,
    values: [organizationId, id, seconds],
  });
  if (key === undefined) throw noApiKey();
  return key;
}

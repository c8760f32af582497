import type { Viewer } from '../../../auth/viewer.ts';
import type { Transaction } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { type ApiKeyRow, apiKeyColumns } from './rows.ts';

/** Locks the viewer's key until the transaction ends. @throws UNAUTHENTICATED if it ended after the request arrived */
export async function lockMaker(tx: Transaction, { organizationId, keyId }: Viewer): Promise<ApiKeyRow> {
  return working((await lockKeys(tx, organizationId, [keyId])).get(keyId));
}

/** Locks the viewer's key and the key that it changes, until the transaction ends. @throws UNAUTHENTICATED, NOT_FOUND */
export async function lockPair(
  tx: Transaction,
  { organizationId, keyId }: Viewer,
  id: string,
): Promise<{ maker: ApiKeyRow; key: ApiKeyRow }> {
  const locked = await lockKeys(tx, organizationId, [keyId, id]);
  const maker = working(locked.get(keyId));
  const key = locked.get(id);
  if (key === undefined) throw noApiKey();
  return { maker, key };
}

/** Locks a key until the transaction ends. @throws NOT_FOUND */
export async function lockKey(tx: Transaction, organizationId: string, id: string): Promise<ApiKeyRow> {
  const key = (await lockKeys(tx, organizationId, [id])).get(id);
  if (key === undefined) throw noApiKey();
  return key;
}

/** Returns true for a key that is revoked or has expired. */
export function hasEnded({ revokedAt, expiresAt }: ApiKeyRow): boolean {
  return revokedAt !== null || (expiresAt !== null && expiresAt.getTime() <= Date.now());
}

/** Locks keys in the order of their ids, so that two keys that change each other at once do not deadlock. */
async function lockKeys(tx: Transaction, organizationId: string, ids: readonly string[]): Promise<Map<string, ApiKeyRow>> {
  const keys = await tx.query<ApiKeyRow>({
    label: 'api_key_lock',
    text: `select ${apiKeyColumns} from api_keys k where k.organization_id = $1 and k.id = any($2::uuid[]) order by k.id for no key update`,
    values: [organizationId, ids],
  });
  return new Map(keys.map((key) => [key.id, key]));
}

/** Refuses a key that another gateway has ended while this one still had it in its cache. */
function working(maker: ApiKeyRow | undefined): ApiKeyRow {
  if (maker === undefined || hasEnded(maker))
    throw new ParleyError('UNAUTHENTICATED', 'the API key of this request was revoked or has expired');
  return maker;
}

/** The same for a key of another organization. */
export function noApiKey(): ParleyError {
  return new ParleyError('NOT_FOUND', 'there is no such API key');
}

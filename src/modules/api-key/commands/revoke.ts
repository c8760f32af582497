import type { Viewer } from '../../../auth/viewer.ts';
import type { Queryable, RequestDatabase } from '../../../database/database.ts';
import { lockPair, noApiKey } from '../store/lock.ts';
import { type ApiKeyRow, apiKeyColumns } from '../store/rows.ts';
import { checkScopes } from './grant.ts';

/** `changed` is false for a key that was revoked earlier. */
type RevokedApiKey = ApiKeyRow & { changed: boolean };

/** Revokes a key for good. Every gateway refuses it within seconds. The revocation time of a key that is already revoked remains unchanged. @throws NOT_FOUND */
export async function revokeApiKey(database: Queryable, organizationId: string, id: string): Promise<RevokedApiKey> {
  const [key] = await database.query<RevokedApiKey>({
    label: 'api_key_revoke',
    text: `with before as (select id as before_id, revoked_at is null as changed from api_keys where organization_id = $1 and id = $2 for no key update)
      update api_keys k set revoked_at = coalesce(k.revoked_at, clock_timestamp()) from before where k.organization_id = $1 and k.id = before_id
      returning ${apiKeyColumns}, changed`,
    values: [organizationId, id],
  });
  if (key === undefined) throw noApiKey();
  return key;
}

/** Revokes a key for a viewer, whose own key must have its scopes. @throws NOT_FOUND, FORBIDDEN, UNAUTHENTICATED */
export function revokeAsViewer(database: RequestDatabase, viewer: Viewer, id: string): Promise<RevokedApiKey> {
  return database.transaction(async (tx) => {
    const { maker, key } = await lockPair(tx, viewer, id);
    checkScopes(maker, key.scopes, 'revokes');
    return revokeApiKey(tx, viewer.organizationId, id);
  });
}

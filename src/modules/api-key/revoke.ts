import type { Queryable } from '../../database/database.ts';
import { ParleyError } from '../../errors.ts';
import { type ApiKey, apiKeyColumns } from './columns.ts';

/** Revokes a key for good, within seconds everywhere; a key already revoked keeps its instant. @throws NOT_FOUND */
export async function revokeApiKey(database: Queryable, organizationId: string, id: string): Promise<ApiKey> {
  const [key] = await database.query<ApiKey>({
    label: 'api_key_revoke',
    text: `update api_keys set revoked_at = coalesce(revoked_at, clock_timestamp()) where organization_id = $1 and id = $2
      returning ${apiKeyColumns}`,
    values: [organizationId, id],
  });
  if (key === undefined) throw noApiKey();
  return key;
}

/** The same for what another organization has. */
export function noApiKey(): ParleyError {
  return new ParleyError('NOT_FOUND', 'there is no such API key');
}

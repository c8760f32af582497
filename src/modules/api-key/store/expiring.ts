import type { Queryable } from '../../../database/database.ts';
import type { ApiKeyModel } from '../../../generated/prisma/models.ts';

type ExpiringKey = Pick<ApiKeyModel, 'organizationId' | 'id' | 'name'> & { expiresAt: Date };

/**
 * Returns the valid keys of all organizations that expire within so many days, the next one first: for the operator. A key that a newer one of the same name
 * and scopes outlives is left out, as after a rotation.
 */
export function expiringKeys(database: Queryable, days: number): Promise<ExpiringKey[]> {
  return database.query({
    label: 'api_keys_expiring',
    text: `select k.organization_id as "organizationId", k.id, k.name, k.expires_at as "expiresAt" from api_keys k
      where k.revoked_at is null and k.expires_at > now() and k.expires_at <= now() + $1 * interval '24 hours'
        and not exists(select from api_keys s where s.organization_id = k.organization_id and s.name = k.name and s.scopes = k.scopes
          and s.revoked_at is null and s.created_at > k.created_at and (s.expires_at is null or s.expires_at > k.expires_at))
      order by k.expires_at, k.id`,
    values: [days],
  });
}

import type { Queryable } from '../../../database/database.ts';
import { columns, selecting, source } from '../../../database/source.ts';
import type { ApiKeyModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'name', 'hint', 'scopes', 'createdAt', 'expiresAt', 'revokedAt', 'budgetPerMinute'] as const;

/** A key without its secret and without the hash of the secret. */
export type ApiKeyRow = Pick<ApiKeyModel, (typeof fields)[number]>;

export const apiKeyColumns = columns('k', fields);
export const apiKeyFields = selecting(fields);

/** API keys by id, and as the list of their organization. */
export const apiKeySource = source<ApiKeyRow>({
  label: 'api_keys',
  columns: apiKeyColumns,
  from: 'api_keys k',
  organization: 'k.organization_id',
  parent: 'k.organization_id',
  key: 'k.id',
  id: 'k.id',
});

/** Returns every key of an organization, expired and revoked ones too, oldest first. */
export function listApiKeys(database: Queryable, organizationId: string): Promise<ApiKeyRow[]> {
  return database.query({
    label: 'api_key_list',
    text: `select ${apiKeyColumns} from api_keys k where k.organization_id = $1 order by k.created_at, k.id`,
    values: [organizationId],
  });
}

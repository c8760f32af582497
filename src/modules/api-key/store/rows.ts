import { columns } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { ApiKey } from './columns.ts';

const fields = ['id', 'name', 'hint', 'scopes', 'createdAt', 'expiresAt', 'revokedAt'] as const;

/** A key as it may be shown: neither its secret nor the hash of that. */
export type ApiKeyRow = Pick<ApiKey, (typeof fields)[number]>;

/** Found by id, or by the organization as the parent of them all. */
export const apiKeySource = source<ApiKeyRow>({
  label: 'api_keys',
  columns: columns('k', fields),
  from: 'api_keys k',
  organization: 'k.organization_id',
  parent: 'k.organization_id',
  key: 'k.id',
  id: 'k.id',
});

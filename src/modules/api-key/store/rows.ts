import { columns } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { ApiKey } from './columns.ts';

const fields = ['id', 'name', 'hint', 'scopes', 'createdAt', 'expiresAt', 'revokedAt'] as const;

/** A key as the API shows it: without its secret and its hash. */
export type ApiKeyRow = Pick<ApiKey, (typeof fields)[number]>;

/** API keys by id, and as the list of their organization. */
export const apiKeySource = source<ApiKeyRow>({
  label: 'api_keys',
  columns: columns('k', fields),
  from: 'api_keys k',
  organization: 'k.organization_id',
  parent: 'k.organization_id',
  key: 'k.id',
  id: 'k.id',
});

import { columns, selecting } from '../../../database/columns.ts';
import { source } from '../../../database/source.ts';
import type { ApiKeyModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'name', 'hint', 'scopes', 'createdAt', 'expiresAt', 'revokedAt', 'budgetPerMinute'] as const;

/** A key as it may be shown: neither its secret nor the hash of that. */
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

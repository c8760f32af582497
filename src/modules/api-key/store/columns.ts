import type { ApiKey as Row } from '../../../generated/prisma/client.ts';

/** A key without its hash, which is never shown. */
export type ApiKey = Omit<Row, 'hash'>;

export const apiKeyColumns = `id, organization_id as "organizationId", name, hint, scopes,
  created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt", budget_per_minute as "budgetPerMinute"`;

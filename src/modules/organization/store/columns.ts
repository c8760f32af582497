import type { Organization } from '../../../generated/prisma/client.ts';

/** The row of an organization, as Prisma types it. */
export type { Organization };

export const organizationColumns = `id, name, retention_days as "retentionDays", redacted_through as "redactedThrough", created_at as "createdAt"`;

import type { OrganizationModel } from '../../../generated/prisma/models.ts';

/** An organization as commands read it. */
export type Organization = Pick<OrganizationModel, 'id' | 'name' | 'retentionDays' | 'redactedThrough' | 'createdAt'>;

export const organizationColumns = `id, name, retention_days as "retentionDays", redacted_through as "redactedThrough", created_at as "createdAt"`;

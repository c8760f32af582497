import type { Context } from '../../../graphql/context.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { type OrganizationRow, organizationSource } from '../store/rows.ts';

export const Organization = builder.objectRef<OrganizationRow>('Organization');

/** Returns the organization of the request's key. */
export function ownOrganization(context: Context): Promise<OrganizationRow> {
  return context.loaders.existing(organizationSource, viewerOf(context).organizationId);
}

import type { Context } from '../../../graphql/context.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { type OrganizationRow, organizationSource } from '../store/rows.ts';

export const Organization = builder.objectRef<OrganizationRow>('Organization');

/** Returns the organization of the request's key. */
export async function ownOrganization(context: Context): Promise<OrganizationRow> {
  const organization = await context.loaders.row(organizationSource, viewerOf(context).organizationId);
  if (organization === null) throw new Error('the organization of a key is missing');
  return organization;
}

import { scopes } from '../../../auth/scopes.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Context } from '../../../graphql/context.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { type OrganizationRow, organizationSource } from '../store/rows.ts';

export const Organization = builder.objectRef<OrganizationRow>('Organization');

builder.node(Organization, {
  description: 'The tenant: everything that a key can see belongs to one.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(organizationSource, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was set up here.' }),
    retentionDays: t.exposeInt('retentionDays', {
      nullable: true,
      description: 'After how many days the content of a message goes, by the policy in force; null: never by itself.',
    }),
  }),
});

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'What the key of this request is and may do.',
  fields: (t) => ({
    organization: t.field({
      type: Organization,
      description: 'Whose key it is.',
      resolve: (_viewer, _args, context) => ownOrganization(context),
    }),
    name: t.exposeString('keyName', { description: 'The key’s name.' }),
    scopes: t.stringList({
      description: `What it may do, of ${scopes.join(', ')}.`,
      resolve: (viewer) => scopes.filter((scope) => viewer.scopes.has(scope)),
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends; null: never.' }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({
    type: ViewerType,
    description: 'What the key of this request is and may do.',
    resolve: (_parent, _args, context) => viewerOf(context),
  }),
  organization: t.field({
    type: Organization,
    description: 'The organization whose key this is.',
    resolve: (_parent, _args, context) => ownOrganization(context),
  }),
}));

/** The organization of the key that asks. */
export async function ownOrganization(context: Context): Promise<OrganizationRow> {
  const organization = await context.loaders.row(organizationSource, viewerOf(context).organizationId);
  if (organization === null) throw new Error('the organization of a key is missing');
  return organization;
}

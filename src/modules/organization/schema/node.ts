import { builder } from '../../../graphql/schema/builder.ts';
import { type OrganizationRow, organizationSource } from '../store/rows.ts';

import { Organization } from './ref.ts';

builder.node(Organization, {
  description: 'The tenant: everything that a key can see belongs to one.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row<OrganizationRow>(organizationSource, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was set up here.' }),
    retentionDays: t.exposeInt('retentionDays', {
      nullable: true,
      description: 'After how many days the content of a message goes, by the policy in force; null: never by itself.',
    }),
  }),
});

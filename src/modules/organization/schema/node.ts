import { builder } from '../../../graphql/schema/builder.ts';
import { organizationSource } from '../store/rows.ts';

import { Organization } from './ref.ts';

builder.node(Organization, {
  description: 'The tenant. Everything that a key can read belongs to its organization.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(organizationSource, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The display name.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the organization was created.' }),
    retentionDays: t.exposeInt('retentionDays', {
      nullable: true,
      description:
        'The retention window in days of 24 hours: the content of a message is redacted so long after it was sent. Null if content is kept without limit.',
    }),
  }),
});

import { builder } from '../../../graphql/schema/builder.ts';
import { offsetDescription, resolveConnection } from '../../../graphql/schema/connection.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { orderings } from '../../../values/cursor.ts';
import { phoneNumberSource } from '../store/rows.ts';
import { PhoneNumber } from './ref.ts';

builder.node(PhoneNumber, {
  description: 'A phone number of the organization, on which it holds conversations.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(phoneNumberSource, id),
  fields: (t) => ({
    e164: t.expose('number', { type: 'PhoneNumberString', description: 'The number, always E.164.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first seen here.' }),
  }),
});

builder.queryField('phoneNumbers', (t) =>
  t.connection(
    {
      type: PhoneNumber,
      description: 'The organization’s phone numbers, oldest first. Scope: conversations:read.',
      authScopes: { scope: 'conversations:read' },
      args: { offset: t.arg.int({ description: offsetDescription }) },
      resolve: (_parent, args, context, info) =>
        resolveConnection(
          context,
          {
            source: phoneNumberSource,
            ordering: { mark: orderings.phoneNumberCreatedAt, descending: false },
            time: 'n.created_at',
            where: () => [],
            total: selects(info, 'totalCount') ? (_bind, filtered) => `(select count(*) ${filtered})` : null,
          },
          args,
          viewerOf(context).organizationId,
        ),
    },
    { name: 'PhoneNumberConnection', description: 'Phone numbers, page by page.' },
    { name: 'PhoneNumberEdge', description: 'A phone number and where it stands in the list.' },
  ),
);

import { builder } from '../../../graphql/schema/builder.ts';
import { type PhoneNumberRow, phoneNumberSource } from '../store/rows.ts';
import { PhoneNumber } from './ref.ts';

builder.node(PhoneNumber, {
  description: 'A phone number of the organization, on which it holds conversations.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row<PhoneNumberRow>(phoneNumberSource, id),
  fields: (t) => ({
    e164: t.expose('number', { type: 'PhoneNumberString', description: 'The number, always E.164.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first seen here.' }),
  }),
});

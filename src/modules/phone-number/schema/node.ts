import { builder } from '../../../graphql/schema/builder.ts';
import { phoneNumberSource } from '../store/rows.ts';
import { PhoneNumber } from './ref.ts';

builder.node(PhoneNumber, {
  description: 'A phone number of the organization.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(phoneNumberSource, id),
  fields: (t) => ({
    e164: t.expose('number', { type: 'PhoneNumberString', description: 'The number in E.164 format, such as `+15551234567`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the number was first stored.' }),
  }),
});

import { scopes } from '../../../auth/scopes.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { apiKeySource } from '../store/rows.ts';
import { ApiKey } from './ref.ts';

const authScopes = { scope: 'apikeys:write' } as const;

builder.node(ApiKey, {
  description: 'An API key. Its secret is shown once, by the mutation that creates it, and is not stored.',
  authScopes,
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(apiKeySource, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the key, such as what it is for.' }),
    hint: t.exposeString('hint', { description: 'The prefix and the last four characters of the secret, to recognize the key.' }),
    scopes: t.exposeStringList('scopes', { description: `The scopes of the key, of ${scopes.join(', ')}.` }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'The time at which the key was created.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the key expires or expired; null if it does not expire.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the key was revoked; null if it was not.',
    }),
  }),
});

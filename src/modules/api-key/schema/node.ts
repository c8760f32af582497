import { scopes } from '../../../auth/scopes.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { type ApiKeyRow, apiKeySource } from '../store/rows.ts';
import { ApiKey } from './ref.ts';

const authScopes = { scope: 'apikeys:write' } as const;

builder.node(ApiKey, {
  description: 'A key to this API. Its secret is shown once, where it is made, and is not stored.',
  authScopes,
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row<ApiKeyRow>(apiKeySource, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for.' }),
    hint: t.exposeString('hint', { description: 'The beginning and the last four characters of its secret, to tell keys apart.' }),
    scopes: t.exposeStringList('scopes', { description: `What it may do, of ${scopes.join(', ')}.` }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends, or ended; null: never by itself.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked; null where it was not.' }),
  }),
});

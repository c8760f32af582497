import { scopes } from '../../../auth/scopes.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection } from '../../../graphql/schema/connection.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { orderings } from '../../../values/cursor.ts';
import { apiKeySource } from '../store/rows.ts';
import { ApiKey } from './ref.ts';

const authScopes = { scope: 'apikeys:write' } as const;

builder.node(ApiKey, {
  description: 'A key to this API. Its secret is shown once, where it is made, and is not stored. Scope: apikeys:write.',
  authScopes,
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(apiKeySource, id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for.' }),
    hint: t.exposeString('hint', { description: 'The beginning and the last four characters of its secret, to tell keys apart.' }),
    scopes: t.exposeStringList('scopes', { description: `What it may do, of ${scopes.join(', ')}.` }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends, or ended; null: never by itself.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked; null where it was not.' }),
  }),
});

builder.queryField('apiKeys', (t) =>
  t.connection(
    {
      type: ApiKey,
      description: 'The organization’s keys, those that have ended too, the oldest first. Scope: apikeys:write.',
      authScopes,
      resolve: (_parent, args, context, info) =>
        resolveConnection(
          context,
          {
            source: apiKeySource,
            ordering: { mark: orderings.apiKeyCreatedAt, descending: false },
            time: 'k.created_at',
            where: () => [],
            total: selects(info, 'totalCount') ? (_bind, filtered) => `(select count(*) ${filtered})` : null,
          },
          args,
          viewerOf(context).organizationId,
        ),
    },
    { name: 'ApiKeyConnection', description: 'Keys, page by page.' },
    { name: 'ApiKeyEdge', description: 'A key and where it stands in the list.' },
  ),
);

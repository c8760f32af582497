import { countAll } from '../../../database/count.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { orderings } from '../../../values/cursor.ts';
import { apiKeySource } from '../store/rows.ts';
import { ApiKey } from './ref.ts';

const authScopes = { scope: 'apikeys:write' } as const;

builder.queryField('apiKeys', (t) =>
  t.connection(
    {
      type: ApiKey,
      description: 'The organization’s API keys, including expired and revoked ones, oldest first.',
      authScopes,
      resolve: (_parent, args, context, info) =>
        resolveConnection(
          context,
          {
            source: apiKeySource,
            ordering: { mark: orderings.apiKeyCreatedAt, descending: false },
            time: 'k.created_at',
            where: () => [],
            total: selects(info, 'totalCount') ? countAll : null,
          },
          args,
          viewerOf(context).organizationId,
        ),
    },
    { name: 'ApiKeyConnection', description: 'A page of API keys.' },
    { name: 'ApiKeyEdge', description: 'An API key and its cursor.' },
  ),
);

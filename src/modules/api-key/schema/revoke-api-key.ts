import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { revokeAsViewer } from '../commands/revoke.ts';
import { ApiKey } from './ref.ts';

builder.relayMutationField(
  'revokeApiKey',
  {
    description: 'Input of `revokeApiKey`.',
    inputFields: (t) => ({ id: t.globalID({ for: ApiKey, required: true, description: 'The global id of the key to revoke.' }) }),
  },
  {
    description:
      'Revokes a key at once; other gateways follow within seconds. It cannot be undone. A key that was revoked earlier remains unchanged. FORBIDDEN if the key of this request lacks one of the scopes.',
    authScopes: { scope: 'apikeys:write' },
    resolve: async (
      _parent,
      {
        input: {
          id: { id },
        },
      },
      context,
      info,
    ) => {
      const key = await change(context, info, (database) => revokeAsViewer(database, viewerOf(context), id));
      context.forgetKeys();
      if (key.changed) logAction(context, { action: 'API_KEY_REVOKED', keyId: id });
      return { key };
    },
  },
  {
    description: 'Payload of `revokeApiKey`.',
    outputFields: (t) => ({ apiKey: t.field({ type: ApiKey, description: 'The revoked key.', resolve: ({ key }) => key }) }),
  },
);

import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { revokeAsViewer } from '../commands/revoke.ts';
import { ApiKey } from './ref.ts';

builder.relayMutationField(
  'revokeApiKey',
  {
    description: 'Which key is to end.',
    inputFields: (t) => ({ id: t.globalID({ for: ApiKey, required: true, description: 'The key.' }) }),
  },
  {
    description:
      'Ends a key for good: here at once, on other gateways within seconds. One revoked already keeps its instant. One with scopes that this key lacks: FORBIDDEN.',
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
    description: 'A key that was revoked.',
    outputFields: (t) => ({ apiKey: t.field({ type: ApiKey, description: 'The key.', resolve: ({ key }) => key }) }),
  },
);

import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { rotateApiKey } from '../commands/rotate.ts';
import { ApiKey, secretDescription } from './ref.ts';

builder.relayMutationField(
  'rotateApiKey',
  {
    description: 'Which key is to get a new secret.',
    inputFields: (t) => ({
      id: t.globalID({ for: ApiKey, required: true, description: 'The key that is to end.' }),
      graceSeconds: t.int({ description: 'How long the old secret still works, at most 604,800 (a week); null: no longer.' }),
      expiresAt: t.field({
        type: 'DateTime',
        description:
          'When the new one ends: in the future, and not after the key of this request, or it is refused; null: when that key does, which may be never; absent: when the old one would have, or when the key of this request does if that is earlier.',
      }),
    }),
  },
  {
    description:
      'Makes a key of the same name, scopes and beginning with a new secret, and ends the old one: here at once, on other gateways within seconds. Not idempotent: repeated within `graceSeconds` it makes yet another key, which without `expiresAt` ends when the grace does. A key that has ended already, as after a rotation without grace: CONFLICT. One with scopes that this key lacks: FORBIDDEN.',
    authScopes: { scope: 'apikeys:write' },
    resolve: async (
      _parent,
      {
        input: {
          id: { id },
          graceSeconds,
          expiresAt,
        },
      },
      context,
      info,
    ) => {
      const rotated = await change(context, info, (database) =>
        rotateApiKey(database, viewerOf(context), id, { graceSeconds: graceSeconds ?? 0, expiresAt }),
      );
      context.forgetKeys();
      const { id: successorId, scopes, expiresAt: end } = rotated.key;
      logAction(context, { action: 'API_KEY_ROTATED', keyId: id, successorId, scopes, expiresAt: end });
      return rotated;
    },
  },
  {
    description: 'A key with a new secret.',
    outputFields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The new key.', resolve: ({ key }) => key }),
      secret: t.exposeString('secret', { description: secretDescription }),
      replaced: t.field({ type: ApiKey, description: 'The old one, with its end.', resolve: ({ replaced }) => replaced }),
    }),
  },
);

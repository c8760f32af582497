import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { rotateAsViewer } from '../commands/rotate.ts';
import { ApiKey, secretDescription } from './ref.ts';

builder.relayMutationField(
  'rotateApiKey',
  {
    description: 'Input of `rotateApiKey`.',
    inputFields: (t) => ({
      id: t.globalID({ for: ApiKey, required: true, description: 'The global id of the key to replace.' }),
      graceSeconds: t.int({ description: 'The seconds for which the old secret remains valid, 0 to 604,800 (a week). Null: 0.' }),
      expiresAt: t.field({
        type: 'DateTime',
        description:
          'The time at which the new key expires. It must be in the future and not after the expiry of the key of this request. Null: the expiry of the key of this request, which may be never. Absent: the expiry of the old key, or that of the key of this request if it is earlier.',
      }),
    }),
  },
  {
    description:
      'Replaces a key: creates a key with the same name, scopes and prefix and a new secret, and ends the old key after `graceSeconds`; other gateways follow within seconds. Not idempotent: repeated within `graceSeconds` it creates one more key, which without `expiresAt` expires with the grace period. CONFLICT if the key has expired or was revoked, for example by a rotation without grace. FORBIDDEN if the key of this request lacks one of the scopes.',
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
        rotateAsViewer(database, viewerOf(context), id, { graceSeconds: graceSeconds ?? 0, expiresAt }),
      );
      context.forgetKeys();
      const { id: successorId, scopes, expiresAt: end } = rotated.key;
      logAction(context, { action: 'API_KEY_ROTATED', keyId: id, successorId, scopes, expiresAt: end });
      return rotated;
    },
  },
  {
    description: 'Payload of `rotateApiKey`.',
    outputFields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The new key.', resolve: ({ key }) => key }),
      secret: t.exposeString('secret', { description: secretDescription }),
      replaced: t.field({
        type: ApiKey,
        description: 'The old key, with the time at which it expires.',
        resolve: ({ replaced }) => replaced,
      }),
    }),
  },
);

import { scopes } from '../../../auth/scopes.ts';
import { defaultContract, secretPrefixes } from '../../../auth/secret.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { issueApiKey } from '../commands/issue.ts';
import { ApiKey, PrefixEnum, secretDescription } from './ref.ts';

builder.relayMutationField(
  'createApiKey',
  {
    description: 'Input of `createApiKey`.',
    inputFields: (t) => ({
      name: t.string({ required: true, description: 'The name of the key, such as what it is for: 1 to 200 characters.' }),
      scopes: t.stringList({
        required: true,
        description: `The scopes of the key, at least one of ${scopes.join(', ')}. The key of this request must have each of them.`,
      }),
      prefix: t.field({ type: PrefixEnum, description: `The prefix of the secret. Null: \`${secretPrefixes[defaultContract]}\`.` }),
      expiresAt: t.field({
        type: 'DateTime',
        description:
          'The time at which the key expires. It must be in the future and not after the expiry of the key of this request. Null: the expiry of the key of this request, which may be never.',
      }),
    }),
  },
  {
    description:
      'Creates an API key. Not idempotent: each call creates another key. No key expires later than the key that created it. FORBIDDEN if the key of this request lacks one of the scopes.',
    authScopes: { scope: 'apikeys:write' },
    resolve: async (_parent, { input }, context, info) => {
      const issued = await change(context, info, (database) =>
        issueApiKey(database, viewerOf(context), {
          ...input,
          contract: input.prefix ?? defaultContract,
          expiresAt: input.expiresAt ?? null,
        }),
      );
      context.forgetKeys();
      const { id: keyId, scopes, expiresAt } = issued.key;
      logAction(context, { action: 'API_KEY_CREATED', keyId, scopes, expiresAt });
      return issued;
    },
  },
  {
    description: 'Payload of `createApiKey`.',
    outputFields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The new key.', resolve: ({ key }) => key }),
      secret: t.exposeString('secret', { description: secretDescription }),
    }),
  },
);

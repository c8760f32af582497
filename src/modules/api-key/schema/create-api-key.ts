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
    description: 'What a new key is to be.',
    inputFields: (t) => ({
      name: t.string({ required: true, description: 'What it is for: 1 to 200 characters.' }),
      scopes: t.stringList({
        required: true,
        description: `What it may do, at least one of ${scopes.join(', ')}; each one of this key’s own.`,
      }),
      prefix: t.field({ type: PrefixEnum, description: `What its secret begins with; null: \`${secretPrefixes[defaultContract]}\`.` }),
      expiresAt: t.field({
        type: 'DateTime',
        description:
          'When it ends: in the future, and not after the key of this request, or it is refused; null: when that key does, which may be never.',
      }),
    }),
  },
  {
    description: 'Makes a key; repeated, another one. No key outlives its maker. A scope that this key lacks: FORBIDDEN.',
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
    description: 'A new key.',
    outputFields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The key.', resolve: ({ key }) => key }),
      secret: t.exposeString('secret', { description: secretDescription }),
    }),
  },
);

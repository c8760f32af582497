import { scopes } from '../../../auth/scopes.ts';
import { defaultContract, secretPrefixes } from '../../../auth/secret.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { logAction } from '../../../graphql/schema/log-action.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { issueApiKey } from '../commands/issue.ts';
import { revokeAsViewer } from '../commands/revoke.ts';
import { rotateApiKey } from '../commands/rotate.ts';
import { ApiKey, PrefixEnum } from './ref.ts';

const authScopes = { scope: 'apikeys:write' } as const;
const secretDescription = 'The secret, to be sent as `Authorization: Bearer`. It is shown this once.';

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
    authScopes,
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
    authScopes,
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

builder.relayMutationField(
  'revokeApiKey',
  {
    description: 'Which key is to end.',
    inputFields: (t) => ({ id: t.globalID({ for: ApiKey, required: true, description: 'The key.' }) }),
  },
  {
    description:
      'Ends a key for good: here at once, on other gateways within seconds. One revoked already keeps its instant. One with scopes that this key lacks: FORBIDDEN.',
    authScopes,
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

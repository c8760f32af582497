import { type Contract, secretPrefixes } from '../../../auth/secret.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import type { ApiKeyRow } from '../store/rows.ts';

export const ApiKey = builder.objectRef<ApiKeyRow>('ApiKey');

const prefixes = Object.entries(secretPrefixes) as [Contract, string][];

/** Named by what its secrets begin with, since the contracts' names are their vendors'. */
export const PrefixEnum = builder.enumType('ApiKeyPrefix', {
  description:
    'What a key’s secret begins with: on a path that several APIs document, it picks the API. Everywhere else any key is as good.',
  values: Object.fromEntries(
    prefixes.map(([value, prefix]) => [prefix.slice(0, -1).toUpperCase(), { value, description: `\`${prefix}\`.` }]),
  ),
});

/** The description of the secret in a payload. */
export const secretDescription = 'The secret, sent as `Authorization: Bearer <secret>`. Only this payload shows it.';

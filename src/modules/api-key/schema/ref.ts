import { type Contract, secretPrefixes } from '../../../auth/secret.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import type { ApiKeyRow } from '../store/rows.ts';

export const ApiKey = builder.objectRef<ApiKeyRow>('ApiKey');

const prefixes = Object.entries(secretPrefixes) as [Contract, string][];

/** Named by the prefixes of secrets, because the names of the contracts are those of vendors. */
export const PrefixEnum = builder.enumType('ApiKeyPrefix', {
  description:
    'The prefix of a key’s secret. On a path that several REST APIs have, the prefix selects the API; everywhere else it makes no difference.',
  values: Object.fromEntries(
    prefixes.map(([value, prefix]) => [prefix.slice(0, -1).toUpperCase(), { value, description: `The prefix \`${prefix}\`.` }]),
  ),
});

/** The description of the secret in a payload. */
export const secretDescription = 'The secret, sent as `Authorization: Bearer <secret>`. Only this payload shows it.';

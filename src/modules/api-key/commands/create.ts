import { uuidv7 } from 'uuidv7';
import { scopes as allScopes, type Scope } from '../../../auth/scopes.ts';
import { hashSecret, secretHint } from '../../../auth/secret.ts';
import type { Queryable } from '../../../database/database.ts';
import { badInput } from '../../../errors.ts';
import { checkName } from '../../../values/name.ts';
import { noOrganization } from '../../organization/store/find.ts';
import { type ApiKey, apiKeyColumns } from '../store/columns.ts';

interface NewApiKey {
  /** From `newSecret`; what is stored is its hash. */
  secret: string;
  name: string;
  /** At least one; repetitions count once. */
  scopes: readonly Scope[];
  /** Null: never. */
  expiresAt: Date | null;
  /** The points that its operations may cost together in a minute; 0: unlimited; null or absent: BUDGET_PER_MINUTE. */
  budgetPerMinute?: number | null;
}

/** Stores a new key of an organization. @throws BAD_USER_INPUT, NOT_FOUND */
export async function createApiKey(database: Queryable, organizationId: string, key: NewApiKey): Promise<ApiKey> {
  checkName('name', key.name);
  const scopes = allScopes.filter((scope) => key.scopes.includes(scope));
  if (scopes.length === 0) throw badInput('scopes', `at least one of ${allScopes.join(', ')} is needed`);
  const [created] = await database.query<ApiKey>({
    label: 'api_key_create',
    text: `insert into api_keys (organization_id, id, name, hash, hint, scopes, expires_at, budget_per_minute)
      select id, $2::uuid, $3::text, $4::bytea, $5::text, $6::text[], $7::timestamptz, $8::integer from organizations where id = $1
      returning ${apiKeyColumns}`,
    values: [
      organizationId,
      uuidv7(),
      key.name,
      hashSecret(key.secret),
      secretHint(key.secret),
      scopes,
      key.expiresAt,
      key.budgetPerMinute ?? null,
    ],
  });
  if (created === undefined) throw noOrganization(organizationId);
  return created;
}

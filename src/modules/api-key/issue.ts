import { type Contract, newSecret } from '../../auth/secret.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../database/database.ts';
import type { ApiKey } from './columns.ts';
import { createApiKey } from './create.ts';
import { checkExpiry, checkGrant, readScopes } from './grant.ts';

interface Wanted {
  name: string;
  scopes: readonly string[];
  contract: Contract;
  /** Null: never. */
  expiresAt: Date | null;
}

/** A new key and its secret, which is shown once, by somebody whose key has all of its scopes. @throws BAD_USER_INPUT, FORBIDDEN */
export async function issueApiKey(
  database: Database,
  viewer: Viewer,
  { name, scopes: texts, contract, expiresAt }: Wanted,
): Promise<{ secret: string; key: ApiKey }> {
  const scopes = readScopes(texts);
  checkGrant(viewer, scopes);
  checkExpiry(expiresAt);
  const secret = newSecret(contract);
  return { secret, key: await createApiKey(database, viewer.organizationId, { secret, name, scopes, expiresAt }) };
}

import { type Contract, newSecret } from '../../../auth/secret.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import type { RequestDatabase } from '../../../database/database.ts';
import { lockMaker } from '../store/lock.ts';
import type { ApiKeyRow } from '../store/rows.ts';
import { createApiKey } from './create.ts';
import { checkExpiry, checkScopes, readScopes } from './grant.ts';

interface RequestedKey {
  name: string;
  scopes: readonly string[];
  contract: Contract;
  /** Null: the end of the viewer's key. */
  expiresAt: Date | null;
}

/**
 * Creates a key for a viewer, whose own key must have its scopes and must not end earlier.
 * @returns the key, and its secret, which is shown once. @throws BAD_USER_INPUT, FORBIDDEN, UNAUTHENTICATED
 */
export async function issueApiKey(
  database: RequestDatabase,
  viewer: Viewer,
  { name, scopes: texts, contract, expiresAt: requested }: RequestedKey,
): Promise<{ secret: string; key: ApiKeyRow }> {
  const scopes = readScopes(texts);
  return database.transaction(async (tx) => {
    const maker = await lockMaker(tx, viewer);
    checkScopes(maker, scopes, 'creates');
    const expiresAt = checkExpiry(maker, requested);
    // A key has its maker's budget.
    const { budgetPerMinute } = viewer;
    const secret = newSecret(contract);
    return { secret, key: await createApiKey(tx, viewer.organizationId, { secret, name, scopes, expiresAt, budgetPerMinute }) };
  });
}

import { uuidv7 } from 'uuidv7';
import { scopes as allScopes, type Scope } from '../../../auth/scopes.ts';
import { hashSecret, secretHint } from '../../../auth/secret.ts';
import type { Models } from '../../../database/database.ts';
import { isForeignKeyViolation } from '../../../database/prisma.ts';
import { badInput } from '../../../errors.ts';
import { checkName } from '../../../values/name.ts';
import { noOrganization } from '../../organization/store/find.ts';
import { type ApiKeyRow, apiKeyFields } from '../store/rows.ts';

interface NewApiKey {
  /** From `newSecret`; only its hash is stored. */
  secret: string;
  name: string;
  /** At least one. Duplicates count once. */
  scopes: readonly Scope[];
  /** Null: no end. */
  expiresAt: Date | null;
  /** The points that its operations may cost together in a minute; 0: unlimited; null or absent: BUDGET_PER_MINUTE. */
  budgetPerMinute?: number | null;
}

/** Stores a new key of an organization. @throws BAD_USER_INPUT, NOT_FOUND */
export async function createApiKey({ prisma }: Models, organizationId: string, key: NewApiKey): Promise<ApiKeyRow> {
  const { name, secret, expiresAt, budgetPerMinute } = key;
  checkName('name', name);
  const scopes = allScopes.filter((scope) => key.scopes.includes(scope));
  if (scopes.length === 0) throw badInput('scopes', `at least one of ${allScopes.join(', ')} is needed`);
  const hash = new Uint8Array(hashSecret(secret));
  const data = { organizationId, id: uuidv7(), name, hash, hint: secretHint(secret), scopes, expiresAt, budgetPerMinute };
  try {
    return await prisma.apiKey.create({ data, select: apiKeyFields });
  } catch (error) {
    throw isForeignKeyViolation(error) ? noOrganization(organizationId) : error;
  }
}

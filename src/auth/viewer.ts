import type { Scope } from './scopes.ts';

/** Who asks: the organization and what its key may do. Everything that is read or written carries its organization. */
export interface Viewer {
  organizationId: string;
  keyId: string;
  keyName: string;
  scopes: ReadonlySet<Scope>;
  /** Null: never. */
  expiresAt: Date | null;
  /** The points that the key's operations may cost together in a minute; 0: unlimited; null: BUDGET_PER_MINUTE. */
  budgetPerMinute: number | null;
  /** Begins every search token of the organization; null while its messages wait for salted tokens. */
  searchSalt: string | null;
}

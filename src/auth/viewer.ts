import type { Scope } from './scopes.ts';

/** The client behind a key: its organization, scopes and limits. Every read and write is limited to its organization. */
export interface Viewer {
  organizationId: string;
  keyId: string;
  keyName: string;
  scopes: ReadonlySet<Scope>;
  /** Null: the key does not expire. */
  expiresAt: Date | null;
  /** The points that the key may spend in a minute; 0: unlimited; null: BUDGET_PER_MINUTE. */
  budgetPerMinute: number | null;
  /** The prefix of every search token of the organization; null until all of its messages have salted tokens. */
  searchSalt: string | null;
}

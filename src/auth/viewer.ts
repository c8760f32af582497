import type { Scope } from './scopes.ts';

/** Who asks: the organization and what its key may do. Everything that is read or written carries its organization. */
export interface Viewer {
  organizationId: string;
  keyId: string;
  keyName: string;
  scopes: ReadonlySet<Scope>;
  /** Null: never. */
  expiresAt: Date | null;
}

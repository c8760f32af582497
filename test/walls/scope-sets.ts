import { scopes as allScopes, type Scope } from '../../src/auth/scopes.ts';
import type { Tenant, useApp } from '../support/harness.ts';

export interface KeyOfSet {
  scopes: readonly Scope[];
  key: string;
}

/** Creates a key for every set of scopes but the empty one, which no key can have. */
export async function keysOfAllSets(parley: ReturnType<typeof useApp>, tenant: Tenant): Promise<KeyOfSet[]> {
  const sets = Array.from({ length: 2 ** allScopes.length }, (_, bits) => allScopes.filter((_scope, nth) => bits & (1 << nth)));
  const keys = [];
  for (const scopes of sets.filter(({ length }) => length > 0)) keys.push({ scopes, key: await parley.key(tenant.id, scopes) });
  return keys;
}

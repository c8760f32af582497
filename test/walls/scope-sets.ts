import { scopes as allScopes, type Scope } from '../../src/auth/scopes.ts';
import type { Tenant, useApp } from '../support/harness.ts';

export interface KeyOfSet {
  scopes: readonly Scope[];
  key: string;
}

/** The scopes of a set, or those that it lacks, are at most so many: with every set the time of the tests would double with each scope. */
const few = 2;

/** Creates a key for each set with few scopes and each set that lacks few, but none for the empty set, which no key can have. */
export async function keysOfSets(parley: ReturnType<typeof useApp>, tenant: Tenant): Promise<KeyOfSet[]> {
  const sets = Array.from({ length: 2 ** allScopes.length }, (_, bits) => allScopes.filter((_scope, nth) => bits & (1 << nth)));
  const keys = [];
  const tried = sets.filter(({ length }) => length > 0 && (length <= few || allScopes.length - length <= few));
  for (const scopes of tried) keys.push({ scopes, key: await parley.key(tenant.id, scopes) });
  return keys;
}

import { isScope, type Scope } from './scopes.ts';

interface Declarer {
  name: string;
  extensions: { readonly pothosOptions?: unknown; readonly authScopes?: unknown };
}

/**
 * The scopes that a type or field of the schema declares: `{ authenticated }` is any key, `{ scope }` one scope, `{ $all }` all of them.
 * @throws for a rule that only running it can decide
 */
export function declaredScopes(declarer: Declarer | null | undefined): Scope[] {
  // A mutation declares its scopes here. Its options have a function instead, which adds the scopes of the payload.
  const { pothosOptions, authScopes } = declarer?.extensions ?? {};
  const declared = authScopes ?? (isRecord(pothosOptions) ? pothosOptions.authScopes : undefined);
  return declared === undefined ? [] : scopesIn(declared, declarer?.name ?? '');
}

function scopesIn(rule: unknown, name: string): Scope[] {
  if (!isRecord(rule)) throw new Error(`${name}: its scopes are known only when it runs`);
  return Object.entries(rule).flatMap(([key, value]) => {
    if (key === '$all') return scopesIn(value, name);
    if (key === 'authenticated') return [];
    if (key === 'scope' && typeof value === 'string' && isScope(value)) return [value];
    throw new Error(`${name}: its scopes are known only when it runs (${key})`);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

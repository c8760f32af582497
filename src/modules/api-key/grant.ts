import { scopes as allScopes, isScope, type Scope } from '../../auth/scopes.ts';
import type { Viewer } from '../../auth/viewer.ts';
import { badInput, ParleyError } from '../../errors.ts';

/** The scopes that texts name. @throws BAD_USER_INPUT naming the one that is none */
export function readScopes(texts: readonly string[]): Scope[] {
  return texts.map((text, index) => {
    if (!isScope(text)) throw badInput(`scopes[${index}]`, `must be one of ${allScopes.join(', ')}`);
    return text;
  });
}

/** Nobody gives what they do not have. @throws FORBIDDEN naming what the viewer's key lacks */
export function checkGrant({ scopes }: Viewer, given: readonly Scope[]): void {
  const requiredScopes = given.filter((scope) => !scopes.has(scope));
  if (requiredScopes.length > 0)
    throw new ParleyError('FORBIDDEN', `a key gives only scopes of its own: this one lacks ${requiredScopes.join(', ')}`, {
      requiredScopes,
    });
}

/** @throws BAD_USER_INPUT */
export function checkExpiry(expiresAt: Date | null): void {
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) throw badInput('expiresAt', 'must be in the future');
}

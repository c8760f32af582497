import { scopes as allScopes, isScope, type Scope } from '../../../auth/scopes.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { formatInstant } from '../../../values/instant.ts';
import type { ApiKeyRow } from '../store/rows.ts';

/** Reads the names of scopes. @throws BAD_USER_INPUT naming the text that is no scope */
export function readScopes(texts: readonly string[]): Scope[] {
  return texts.map((text, index) => {
    if (!isScope(text)) throw badInput(`scopes[${index}]`, `must be one of ${allScopes.join(', ')}`);
    return text;
  });
}

/**
 * Checks that a key has all scopes of the key that it creates, rotates or revokes. Stored scopes may be those of another release, so they are texts.
 * @throws FORBIDDEN naming the scopes that the key lacks
 */
export function checkScopes(maker: ApiKeyRow, scopes: readonly string[], may: 'creates' | 'rotates' | 'revokes'): void {
  const requiredScopes = scopes.filter((scope) => !maker.scopes.includes(scope));
  if (requiredScopes.length > 0)
    throw new ParleyError('FORBIDDEN', `a key ${may} only keys whose scopes it has itself: this key lacks ${requiredScopes.join(', ')}`, {
      requiredScopes,
    });
}

/**
 * Returns the end of a key that another key makes; null: no end. No key outlives its maker. @param requested null: the maker's end
 * @throws BAD_USER_INPUT for an end after the maker's, or in the past
 */
export function checkExpiry(maker: ApiKeyRow, requested: Date | null): Date | null {
  if (requested === null) return maker.expiresAt;
  if (requested.getTime() <= Date.now()) throw badInput('expiresAt', 'must be in the future');
  if (maker.expiresAt !== null && requested > maker.expiresAt)
    throw badInput('expiresAt', `must not be after the end of the key that makes it, ${formatInstant(maker.expiresAt)}`);
  return requested;
}

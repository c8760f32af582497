import { scopes as allScopes, isScope, type Scope } from '../../../auth/scopes.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { formatInstant } from '../../../values/instant.ts';
import type { ApiKeyRow } from '../store/rows.ts';

/** The scopes that texts name. @throws BAD_USER_INPUT naming the one that is none */
export function readScopes(texts: readonly string[]): Scope[] {
  return texts.map((text, index) => {
    if (!isScope(text)) throw badInput(`scopes[${index}]`, `must be one of ${allScopes.join(', ')}`);
    return text;
  });
}

/** Scopes of the database may be of another release, so they are texts. @param may the verb, such as `creates` @throws FORBIDDEN naming the scopes that the key lacks */
export function checkScopes(maker: ApiKeyRow, scopes: readonly string[], may: 'creates' | 'rotates' | 'revokes'): void {
  const requiredScopes = scopes.filter((scope) => !maker.scopes.includes(scope));
  if (requiredScopes.length > 0)
    throw new ParleyError('FORBIDDEN', `a key ${may} only keys whose scopes it has itself: this key lacks ${requiredScopes.join(', ')}`, {
      requiredScopes,
    });
}

/**
 * The end of a key that another key makes: no key outlives its maker. @param wanted null: as late as the maker's.
 * @returns null for a key without an end. @throws BAD_USER_INPUT for a later end than the maker's, or one in the past
 */
export function checkExpiry(maker: ApiKeyRow, wanted: Date | null): Date | null {
  if (wanted === null) return maker.expiresAt;
  if (wanted.getTime() <= Date.now()) throw badInput('expiresAt', 'must be in the future');
  if (maker.expiresAt !== null && wanted > maker.expiresAt)
    throw badInput('expiresAt', `must not be after the end of the key that makes it, ${formatInstant(maker.expiresAt)}`);
  return wanted;
}

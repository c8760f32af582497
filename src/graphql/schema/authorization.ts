import type { AuthFailure } from '@pothos/plugin-scope-auth';
import { ParleyError } from '../../errors.ts';
import type { Context } from '../context.ts';

/** No key at all, or a key that lacks a scope: then the scope is named. */
export function refuse({ viewer }: Context, failure: AuthFailure): ParleyError {
  if (viewer === null) return unauthenticated();
  return lacking(missing(failure));
}

export function lacking(requiredScopes: readonly string[]): ParleyError {
  return new ParleyError('FORBIDDEN', `this key lacks the scope ${requiredScopes.join(', ')}`, { requiredScopes });
}

export function unauthenticated(): ParleyError {
  return new ParleyError('UNAUTHENTICATED', 'a valid API key is needed: send "Authorization: Bearer <key>"');
}

function missing(failure: AuthFailure): string[] {
  if ('failures' in failure) return failure.failures.flatMap(missing);
  return 'parameter' in failure && typeof failure.parameter === 'string' ? [failure.parameter] : [];
}

import type { AuthFailure } from '@pothos/plugin-scope-auth';
import { isScope, type Scope } from '../../auth/scopes.ts';
import type { Viewer } from '../../auth/viewer.ts';
import { ParleyError } from '../../errors.ts';
import type { Context } from '../context.ts';

/** The refusal of a request without a valid key, or of a key that lacks scopes: then it names them. */
export function refuse({ viewer }: Context, failure: AuthFailure): ParleyError {
  if (viewer === null) return unauthenticated();
  const requiredScopes = scopesIn(failure).filter((scope) => !viewer.scopes.has(scope));
  return new ParleyError('FORBIDDEN', `this key lacks the scope ${requiredScopes.join(', ')}`, { requiredScopes });
}

export function unauthenticated(): ParleyError {
  return new ParleyError('UNAUTHENTICATED', 'a valid API key is needed: send "Authorization: Bearer <key>"');
}

function scopesIn(failure: AuthFailure): Scope[] {
  if ('failures' in failure) return failure.failures.flatMap(scopesIn);
  if (!('parameter' in failure)) return [];
  const { parameter } = failure;
  return (Array.isArray(parameter) ? parameter : [parameter]).filter((scope) => typeof scope === 'string' && isScope(scope));
}

/** Returns the viewer, for resolvers behind a scope check: there is always one. */
export function viewerOf({ viewer }: Context): Viewer {
  if (viewer === null) throw unauthenticated();
  return viewer;
}

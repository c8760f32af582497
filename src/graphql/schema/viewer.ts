import type { Viewer } from '../../auth/viewer.ts';
import type { Context } from '../context.ts';
import { unauthenticated } from './authorization.ts';

/** The viewer, for resolvers behind the scope check: there always is one. */
export function viewerOf({ viewer }: Context): Viewer {
  if (viewer === null) throw unauthenticated();
  return viewer;
}

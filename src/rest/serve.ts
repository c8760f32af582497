import type { GraphQLSchema } from 'graphql';
import type { Authenticate } from '../auth/authenticate.ts';
import { type Execute, runFor } from './execute.ts';
import { readQuery } from './query.ts';
import { Refused } from './refusal.ts';
import { requiredScopes } from './required-scopes.ts';
import type { Route } from './route.ts';

/** What the contracts are served with. */
export interface Backing {
  execute: Execute;
  authenticate: Authenticate;
  schema: GraphQLSchema;
}

/** The handler of one route: the key, then its scopes, and only then what the client sent. Gives the body. @throws Refused */
export function serve(route: Route, { execute, authenticate, schema }: Backing) {
  const scopes = requiredScopes(schema, route.document);
  const known = Object.keys(route.query.shape);
  return async (request: Request, params: Record<string, string>, requestId: string): Promise<object> => {
    const viewer = await authenticate(request.headers.get('authorization'));
    if (viewer === null) throw new Refused({ reason: 'unauthenticated' });
    if (!scopes.every((scope) => viewer.scopes.has(scope))) throw new Refused({ reason: 'forbidden' });
    const url = new URL(request.url);
    return route.answer(
      { values: params, problems: {} },
      readQuery(url.search, known),
      url,
      runFor(execute, { viewer, requestId }, route.fields),
    );
  };
}

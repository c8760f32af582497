import type { GraphQLSchema } from 'graphql';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Contract } from './contract.ts';
import { type Execute, runFor } from './execute.ts';
import { readQuery } from './query.ts';
import { readBody } from './read-body.ts';
import { Refused } from './refusal.ts';
import { requiredScopes } from './required-scopes.ts';
import type { Route, Sent } from './route.ts';

/** What the contracts are served with. */
export interface Backing {
  execute: Execute;
  authenticate: Authenticate;
  schema: GraphQLSchema;
}

/** The handler of one route: the key, then what it may do, and only then what the client sent. Gives the body. @throws Refused */
export function serve(route: Route, { unserved = [] }: Pick<Contract, 'unserved'>, { execute, authenticate, schema }: Backing) {
  const scopes = requiredScopes(schema, route.document);
  const queryNames = Object.keys(route.query.shape);
  const bodyNames = route.body && Object.keys(route.body.shape);
  return async (request: Request, params: Record<string, string>, requestId: string): Promise<object> => {
    const viewer = await authenticate(request.headers.get('authorization'));
    if (viewer === null) throw new Refused({ reason: 'unauthenticated' });
    const allowed = scopes.every((scope) => viewer.scopes.has(scope)) && !unserved.some((header) => request.headers.has(header));
    if (!allowed) throw new Refused({ reason: 'forbidden' });
    const url = new URL(request.url);
    const sent: Sent = {
      params: { values: params, problems: {} },
      query: readQuery(url.search, queryNames),
      body: bodyNames ? await readBody(request, bodyNames) : { values: {}, problems: {} },
      url,
    };
    return route.answer(sent, runFor(execute, { viewer, requestId }, route));
  };
}

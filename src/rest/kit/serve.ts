import type { GraphQLSchema } from 'graphql';
import type { Visit } from '../../auth/visit.ts';
import type { Bodies } from '../../http/body.ts';
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
  bodies: Bodies;
  schema: GraphQLSchema;
}

/** The request's key, and the address that links of the answer begin with. */
export interface Caller {
  visit: Visit;
  origin: string;
}

/** The handler of one route: the key, then what it may do, and only then what the client sent. Gives the body. @throws Refused */
export function serve(route: Route, { unservedHeaders = [] }: Pick<Contract, 'unservedHeaders'>, { execute, bodies, schema }: Backing) {
  const scopes = requiredScopes(schema, route.document);
  const queryNames = Object.keys(route.query.shape);
  const bodyNames = route.body && Object.keys(route.body.shape);
  return async (request: Request, params: Record<string, string>, { visit, origin }: Caller): Promise<object> => {
    const viewer = await visit.authenticate();
    if (viewer === null) throw new Refused({ reason: 'unauthenticated' });
    const allowed = scopes.every((scope) => viewer.scopes.has(scope)) && !unservedHeaders.some((header) => request.headers.has(header));
    if (!allowed) throw new Refused({ reason: 'forbidden' });
    const { pathname, search } = new URL(request.url);
    // Never the host that the client names: links must lead here.
    const url = new URL(origin + pathname + search);
    const sent: Sent = {
      params: { values: params, problems: {} },
      query: readQuery(url.search, queryNames),
      body: bodyNames ? await readBody(request, viewer.organizationId, bodies, bodyNames) : { values: {}, problems: {} },
      url,
    };
    return route.answer(sent, runFor(execute, { viewer, requestId: visit.requestId, visit, request }, route));
  };
}

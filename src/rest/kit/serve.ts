import type { GraphQLSchema } from 'graphql';
import type { Visit } from '../../auth/visit.ts';
import type { Bodies } from '../../http/body.ts';
import type { Contract } from './contract.ts';
import { type Execute, runFor } from './graphql/execute.ts';
import { requiredScopes } from './graphql/required-scopes.ts';
import { Refused } from './refusal.ts';
import { readBody } from './request/body.ts';
import { readQuery } from './request/query.ts';
import type { RawRequest } from './request/raw-request.ts';
import type { Route } from './route.ts';

/** The parts of the gateway that every contract uses. */
export interface Backing {
  execute: Execute;
  bodies: Bodies;
  schema: GraphQLSchema;
}

/** The caller of a route: its key, and the start of the links in its answers. */
export interface Caller {
  visit: Visit;
  origin: string;
}

/** Returns the handler of one route. It checks the key, then its scopes, and only then reads the parameters. It returns the body. @throws Refused */
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
    // Not the host that the client names: links must lead to this gateway.
    const url = new URL(origin + pathname + search);
    const rawRequest: RawRequest = {
      params: { values: params, problems: {} },
      query: readQuery(url.search, queryNames),
      body: bodyNames ? await readBody(request, viewer.organizationId, bodies, bodyNames) : { values: {}, problems: {} },
      url,
    };
    return route.answer(rawRequest, runFor(execute, { viewer, requestId: visit.requestId, visit, request }, route.sources));
  };
}

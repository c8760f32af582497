import type { GraphQLSchema } from 'graphql';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import { ParleyError, UnavailableError } from '../../errors.ts';
import { answer, answerNothing, answerRefusal } from './answer.ts';
import type { Contract } from './contract.ts';
import { openApi, serversOf } from './openapi/document.ts';
import { type Refusal, Refused, rateLimited } from './refusal.ts';
import { type Backing, type Caller, serve } from './serve.ts';

const reading = ['GET', 'HEAD'];

type Bindings = { requestId: string; caller: Caller };
type Environment = { Bindings: Bindings };

/** Returns the handler of one contract: each route below the contract's mount and on its bare path. It refuses other requests in the contract's shape. */
export function router(contract: Contract, backing: Backing, log: Logger) {
  const hono = new Hono<Environment>();
  refuseUnserved(hono, contract);
  for (const [path, routes] of Map.groupBy(contract.routes, (route) => route.path)) {
    const patterns = patternsOf(contract, path);
    for (const route of routes) {
      const handle = serve(route, contract, backing);
      hono.on(route.method, patterns, async ({ req, env: { requestId, caller } }) => {
        caller.visit.record.route = path;
        const body = await handle(req.raw, req.param(), caller);
        return route.status === 204 ? answerNothing(requestId) : answer(200, body, requestId);
      });
    }
    const allow = routes.flatMap(({ method }) => (method === 'GET' ? reading : [method]));
    hono.on('ALL', patterns, ({ env }) => refuse(contract, { reason: 'methodNotAllowed', allow }, env));
  }
  serveDescription(hono, contract, backing.schema);
  hono.notFound(({ env }) => refuse(contract, { reason: 'notFound' }, env));
  hono.onError((error, { env }) => refuse(contract, refusalOf(error, env.requestId, log), env));
  return (request: Request, caller: Caller) => {
    const { record } = caller.visit;
    record.surface = contract.name;
    return hono.fetch(request, { requestId: record.requestId, caller });
  };
}

/** Answers a refusal in the contract's shape, and notes its reason for the log. */
function refuse(contract: Contract, refusal: Refusal, { requestId, caller }: Bindings): Response {
  caller.visit.record.failed(refusal.reason);
  return answerRefusal(contract, refusal, requestId);
}

/** Returns a path in Hono's notation, below the contract's mount and bare. */
function patternsOf({ name }: Contract, path: string): string[] {
  const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
  return [`/${name}${pattern}`, pattern];
}

/** Must run before the routes: a parameter of a served path could match a word of an unserved path. */
function refuseUnserved(hono: Hono<Environment>, contract: Contract): void {
  const { paths = [], because = '' } = contract.unservedPaths ?? {};
  const patterns = paths.flatMap((path) => patternsOf(contract, `${path}/*`));
  hono.on('ALL', patterns, ({ env }) => refuse(contract, { reason: 'notFound', because }, env));
}

/** Serves the OpenAPI document. Reading it needs no key. */
function serveDescription(hono: Hono<Environment>, contract: Contract, schema: GraphQLSchema): void {
  const path = `/${contract.name}/openapi.json`;
  let description: object | null = null;
  hono.get(path, ({ env: { requestId, caller } }) => {
    caller.visit.record.route = '/openapi.json';
    description ??= openApi(contract, schema);
    return answer(200, { ...description, servers: serversOf(contract, caller.origin) }, requestId, { 'Cache-Control': 'no-cache' });
  });
  hono.all(path, ({ env }) => refuse(contract, { reason: 'methodNotAllowed', allow: reading }, env));
}

function refusalOf(error: Error, requestId: string, log: Logger): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof ParleyError && error.code === 'RATE_LIMITED') return rateLimited(error.details);
  log.error({ requestId, err: error }, 'a REST request failed');
  return { reason: error instanceof UnavailableError ? 'unavailable' : 'internal' };
}

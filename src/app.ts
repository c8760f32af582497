import type { RequestListener } from 'node:http';
import { type Logger, pino } from 'pino';
import { authenticator } from './auth/authenticate.ts';
import type { Config } from './config.ts';
import { type Cors, cors } from './cors.ts';
import type { Database } from './database/database.ts';
import { prepareSchema } from './database/migrate.ts';
import { openDatabase } from './database/open.ts';
import { loadDemo } from './demo/load.ts';
import { type Demo, servedDemo } from './demo/served.ts';
import { explorerPage } from './explorer/graphiql.ts';
import { landingPage } from './explorer/landing.ts';
import { graphqlFront } from './graphql/front.ts';
import type { Trusted } from './graphql/persisted.ts';
import { schema } from './graphql/schema.ts';
import { graphqlServer } from './graphql/server.ts';
import { readTrusted } from './graphql/trusted.ts';
import { health } from './health.ts';
import { nodeHandler } from './http.ts';
import { Live } from './modules/event/live/live.ts';
import { newRequestId } from './request-id.ts';
import { contracts } from './rest/contracts.ts';
import { createRest } from './rest/rest.ts';

export interface App {
  /** Answers one request, whichever surface it is for. */
  fetch(request: Request): Promise<Response>;
  /** The same for Node's http server. */
  handler: RequestListener;
  /** What commands and the demo write through; closed with the app. */
  database: Database;
  /** Null where the demo is not served. */
  demo: Demo | null;
  /** Ends what would otherwise never end; the app goes on to answer. */
  endStreams(): void;
  close(): Promise<void>;
}

/** The whole gateway over its database, without a port and without reading the environment. @throws OperatorError with one line on what to mend */
export async function createApp(config: Config, log: Logger = pino({ level: config.logLevel }, pino.destination(2))): Promise<App> {
  const trusted = await readTrusted(config.trustedOperations, schema);
  const database = await openDatabase(config.database, log);
  try {
    await prepareSchema(database, config.autoMigrate);
    if (config.demo) await loadDemo(database, config.host);
    return appOn(database, await servedDemo(database), { trusted, cors: cors(config.corsOrigins), log });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Means {
  trusted: Trusted;
  cors: Cors;
  log: Logger;
}

function appOn(database: Database, demo: Demo | null, { trusted, cors, log }: Means): App {
  const authenticate = authenticator(database);
  const live = new Live(database, authenticate, log);
  const server = graphqlServer(database, live, trusted, log);
  // While the demo is served its schema may be explored without a key; no field answers without one.
  const graphql = graphqlFront(server, schema, authenticate, { anonymous: demo !== null, introspection: !trusted.only }, log);
  const rest = createRest({ execute: server.execute, authenticate, schema, log });
  const graphiql = explorerPage(demo);
  const landing = landingPage({
    demoKey: demo?.key ?? null,
    mounts: contracts.map(({ name, title }) => ({ name: title, path: `/${name}/` })),
  });

  async function get(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/graphql') return isBrowser(request) ? graphiql.respond(request) : graphql.operation(request, newRequestId());
    if (pathname === '/schema.graphql') return graphql.schema(request, newRequestId());
    if (pathname === '/health' || pathname === '/ready') return health(pathname, database);
    if (pathname === '/') return landing.respond(request);
    return rest(request, newRequestId());
  }

  /** Each surface masks its own failures; this is for what none of them foresaw. */
  function unexpected(error: unknown): Response {
    log.error({ err: error }, 'a request failed');
    return new Response('internal error\n', { status: 500, headers: { 'Cache-Control': 'no-store' } });
  }

  /** HEAD is GET without its body, everywhere; a stream that nobody will read is let go. */
  async function head(request: Request): Promise<Response> {
    const { status, headers, body } = await get(new Request(request, { method: 'GET' }));
    const reader = body?.getReader();
    // A stream of Yoga's has nothing to let go of before its first chunk, which it has at once.
    await reader?.read();
    await reader?.cancel();
    // As a list: Hono would take Yoga's own kind of headers for a plain object.
    return new Response(null, { status, headers: [...headers] });
  }

  async function fetch(request: Request): Promise<Response> {
    const preflight = cors.preflight(request);
    if (preflight !== null) return preflight;
    const response = await (request.method === 'HEAD' ? head(request) : get(request)).catch(unexpected);
    for (const [name, value] of Object.entries(cors.headers(request.headers.get('origin')))) response.headers.append(name, value);
    return response;
  }

  return {
    fetch,
    handler: nodeHandler({ fetch, graphql: server.yoga, authenticate, cors }),
    database,
    demo,
    endStreams: () => live.endStreams(),
    close: async () => {
      await live.close();
      await database.close();
    },
  };
}

function isBrowser({ method, headers }: Request): boolean {
  return method === 'GET' && /\btext\/html\b/.test(headers.get('accept') ?? '');
}

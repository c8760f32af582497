import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Logger, pino } from 'pino';
import { ulid } from 'ulid';
import { authenticator } from './auth/authenticate.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { prepareSchema } from './database/migrate.ts';
import { openDatabase } from './database/open.ts';
import { graphqlFront } from './graphql/front.ts';
import { graphqlServer } from './graphql/server.ts';
import { health } from './health.ts';

export interface App {
  /** Answers one request, whichever surface it is for. */
  fetch(request: Request): Promise<Response>;
  /** The same for Node's http server. */
  handler: RequestListener;
  /** What commands and the demo write through; closed with the app. */
  database: Database;
  close(): Promise<void>;
}

/** The whole gateway over its database, without a port and without reading the environment. @throws OperatorError with one line on what to mend */
export async function createApp(config: Config, log: Logger = pino({ level: config.logLevel }, pino.destination(2))): Promise<App> {
  const database = await openDatabase(config.database, log);
  try {
    await prepareSchema(database, config.autoMigrate);
  } catch (error) {
    await database.close();
    throw error;
  }
  const authenticate = authenticator(database);
  const server = graphqlServer(database, log);
  const graphql = graphqlFront(server, authenticate, log);

  async function fetch(request: Request): Promise<Response> {
    const requestId = ulid();
    const { pathname } = new URL(request.url);
    if (pathname === '/graphql') return graphql(request, requestId);
    return health(pathname, database);
  }

  return { fetch, handler: getRequestListener(fetch), database, close: () => database.close() };
}

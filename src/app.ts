import type { RequestListener } from 'node:http';
import { type Logger, pino } from 'pino';
import { authenticator } from './auth/authenticate.ts';
import { Budgets } from './auth/budgets.ts';
import { RefusedKeys } from './auth/refused-keys.ts';
import { SealedSecrets } from './auth/sealed-secrets.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { prepareSchema } from './database/migrate.ts';
import { openDatabase } from './database/open.ts';
import { loadDemo } from './demo/load.ts';
import { type Demo, servedDemo } from './demo/served.ts';
import { schema } from './graphql/built-schema.ts';
import { graphqlFront, refuseRequest } from './graphql/front.ts';
import type { Trusted } from './graphql/plugins/persisted-operations.ts';
import { graphqlServer } from './graphql/server.ts';
import { socketServer } from './graphql/socket/serve.ts';
import { readTrusted } from './graphql/trusted-operations.ts';
import { AllowedHosts } from './http/allowed-hosts.ts';
import { type Arrival, arrivals } from './http/arrivals.ts';
import { Bodies } from './http/body.ts';
import { cors as corsOf } from './http/cors.ts';
import { nodeHandler } from './http/handler.ts';
import { health, notReady } from './http/health.ts';
import { HeldAnswers } from './http/held-answers.ts';
import { noSniffing } from './http/request-id.ts';
import { refusePlainly } from './http/unreadable.ts';
import { type UpgradeListener, upgradeListener } from './http/upgrade.ts';
import { requestLog } from './log/finish-request.ts';
import { serializers } from './log/logged-error.ts';
import { Outages } from './log/outages.ts';
import { Live } from './modules/change/live/live.ts';
import { takeOver } from './modules/event/commands/take-over.ts';
import { webhookRenderer } from './rest/agentphone/render-webhook.ts';
import { contracts } from './rest/contracts.ts';
import { createRest, refuseHost } from './rest/rest.ts';
import { webhookReceiver } from './sources/agentphone/receive.ts';
import { metricsHandler } from './telemetry/metrics-handler.ts';
import { openTelemetry, type Telemetry } from './telemetry/open.ts';
import { readRanges } from './values/public-address.ts';
import { webhookUrlProblem } from './values/webhook-url.ts';
import { version } from './version.ts';
import { inboxOperations } from './web/inbox.ts';
import { site } from './web/site.ts';
import { searchTokensWorker } from './workers/search-tokens.ts';
import { poster } from './workers/webhooks/post.ts';
import { webhookQueue } from './workers/webhooks/reader.ts';
import { type Timing, webhookSender } from './workers/webhooks/sender.ts';
import type { Worker } from './workers/worker.ts';

export interface App {
  /** Answers one request of any API or page. */
  fetch(request: Request): Promise<Response>;
  /** Handles requests of Node's http server. */
  handler: RequestListener;
  /** Handles upgrades of Node's http server to WebSocket at /graphql. */
  upgrade: UpgradeListener;
  /** The app's database, which is closed with the app. */
  database: Database;
  /** Handles requests of the port of metrics; null if METRICS_PORT is not set. */
  metrics: RequestListener | null;
  /** Null if the demo is not served. */
  demo: Demo | null;
  /** Work beside requests. The server starts the workers in this order, and stops them before it closes the app. */
  workers: readonly Worker[];
  /** Answers 503 at `/ready` from now on, so that a load balancer chooses other gateways. Requests are still answered. */
  notReady(): void;
  /** Ends all streams, which would not end by themselves. Other requests are still answered. */
  endStreams(): void;
  close(): Promise<void>;
}

/** The database's clock, and chance. */
const realTiming: Timing = { aheadMs: () => 0, random: Math.random };

/**
 * Creates the gateway on its database. It opens no port and reads no environment. @param timing of webhooks, which tests set
 * @throws OperatorError with one line that says what to fix
 */
export async function createApp(
  config: Config,
  logger: Logger = pino({ level: config.logLevel }, pino.destination(2)),
  timing: Timing = realTiming,
): Promise<App> {
  const outages = new Outages(logger.child({}, { serializers }));
  const { log } = outages;
  const trusted = await readTrusted(config.trustedOperations, await inboxOperations(), schema);
  const telemetry = await openTelemetry(config, version, log);
  const database = await openDatabase(config.database, log, { pool: config.databasePool, statementTimeoutMs: config.statementTimeoutMs });
  try {
    await prepareSchema(database, config.autoMigrate, log);
    await takeOver(database);
    if (config.demo) await loadDemo(database, config.host);
    return await appOn(database, telemetry, await servedDemo(database), config, trusted, outages, timing);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function appOn(
  database: Database,
  telemetry: Telemetry,
  demo: Demo | null,
  config: Config,
  trusted: Trusted,
  outages: Outages,
  timing: Timing,
): Promise<App> {
  const { log } = outages;
  const { maxResponseBytes, maxStreams } = config;
  const cors = corsOf(config.corsOrigins);
  const hosts = new AllowedHosts(config.allowedHosts, demo !== null);
  const authenticate = authenticator(database);
  const budgets = await Budgets.open(config, log);
  const refusedKeys = new RefusedKeys(log);
  const { tracing } = telemetry;
  const arrive = arrivals(config, {
    authenticate,
    budgets,
    refusedKeys,
    beginTrace: tracing && ((traceparent) => tracing.begin(traceparent)),
  });
  const bodies = new Bodies();
  const held = new HeldAnswers(config, log);
  const live = new Live(database, authenticate, maxStreams, log);
  const sources = { pool: () => database.poolUse(), streams: () => live.openStreams, eventLag: () => live.lagSeconds };
  const metrics = telemetry.metricsOf?.(sources) ?? null;
  const finish = requestLog(log, (line) => metrics?.observe(line));
  const allowedRanges = readRanges(config.webhookAllowedRanges);
  const webhooks = {
    secrets: new SealedSecrets(config.webhookEncryptionKeys),
    urlProblem: (url: string) => webhookUrlProblem(url, allowedRanges),
  };
  const receiveWebhook = webhookReceiver({
    database,
    bodies,
    log,
    secretOf: (receiver) => receiver.secret && webhooks.secrets.open(receiver, receiver.secret),
  });
  const server = graphqlServer({ database, forgetKeys: authenticate.forgetKeys, live, webhooks, trusted, maxResponseBytes, log });
  // While the demo is served, its schema may be read without a key. No field can.
  const graphql = graphqlFront(server, schema, { bodies, log }, { anonymous: demo !== null, introspection: !trusted.only });
  const socketLimits = { maxOperations: maxStreams.perKey, initTimeoutMs: config.requestTimeoutMs };
  const sockets = socketServer({ front: graphql, bodies, live, finish, log, ...socketLimits });
  const rest = createRest({ execute: server.execute, bodies, schema, log });
  const find = site({ demo, apis: contracts, schema });

  let stopping = false;

  async function get(request: Request, { client, visit }: Arrival): Promise<Response> {
    const { pathname, host } = new URL(request.url);
    const { record } = visit;
    if (pathname === '/health' || pathname === '/ready') {
      Object.assign(record, { surface: 'health', route: pathname });
      return pathname === '/ready' && stopping ? notReady() : health(pathname, database);
    }
    const show = find(request);
    if (!hosts.allow(host, request.headers.get('host'), ...client.forwardedHosts)) {
      return show === null ? misdirected(request, pathname, visit.requestId) : refusePlainly(wrongHost, 421);
    }
    if (show !== null) return show(request, { origin: client.origin, schemaRefusal: () => graphql.schemaRefusal(request, visit) });
    if (pathname === '/graphql' || pathname === '/schema.graphql') {
      Object.assign(record, { surface: 'graphql', route: pathname });
      return pathname === '/graphql' ? graphql.operation(request, visit) : graphql.schema(request, visit);
    }
    const [, receiverId] = /^\/agentphone\/webhook\/([^/]+)$/.exec(pathname) ?? [];
    if (receiverId !== undefined) return receiveWebhook(request, receiverId, record);
    return rest(request, { visit, origin: client.origin });
  }

  /** Answers failures that no API has handled itself. */
  function unexpected(error: unknown): Response {
    log.error({ err: error }, 'a request failed');
    return new Response('internal error\n', { status: 500, headers: { 'Cache-Control': 'no-store' } });
  }

  /** Answers HEAD as GET without the body, and closes a stream, because no client will read it. */
  async function head(request: Request, arrival: Arrival): Promise<Response> {
    const { status, headers, body } = await get(new Request(request, { method: 'GET' }), arrival);
    const reader = body?.getReader();
    // A stream of Yoga can be cancelled only after its first chunk, which comes at once.
    await reader?.read();
    await reader?.cancel();
    // As a list, because Hono would read Yoga's own headers class as a plain object.
    return new Response(null, { status, headers: [...headers] });
  }

  async function answer(request: Request, arrival: Arrival): Promise<Response> {
    const preflight = cors.preflight(request);
    const response = preflight ?? (await (request.method === 'HEAD' ? head : get)(request, arrival).catch(unexpected));
    const added = preflight === null ? cors.headers(request.headers.get('origin')) : {};
    for (const [name, value] of Object.entries(added)) response.headers.append(name, value);
    for (const [name, value] of Object.entries({ ...noSniffing, ...(await arrival.visit.headers()) })) response.headers.set(name, value);
    return response;
  }

  function endStreams(): void {
    live.endStreams();
    sockets.end();
  }

  return {
    fetch: async (request) => {
      const arrival = arrive((name) => request.headers.get(name), null);
      const response = await answer(request, arrival);
      finish(arrival.visit.record, { method: request.method, status: response.status });
      return response;
    },
    handler: nodeHandler({ answer, graphql: server.yoga, arrive, hosts, bodies, cors, held, finish }),
    upgrade: upgradeListener({ sockets, arrive, hosts, cors, held, finish }),
    database,
    metrics: metrics && metricsHandler(metrics),
    demo,
    workers: [
      searchTokensWorker(database, log),
      webhookQueue(database, log),
      webhookSender(database, log, {
        post: poster(allowedRanges),
        render: webhookRenderer(server.execute),
        secrets: webhooks.secrets,
        graceMs: config.graceMs,
        ...timing,
      }),
    ],
    notReady: () => {
      stopping = true;
    },
    endStreams,
    close: async () => {
      endStreams();
      refusedKeys.report();
      outages.report();
      await live.close();
      budgets.close();
      await database.close();
      await tracing?.close();
    },
  };
}

const wrongHost = 'this host is not served here';

/** Refuses a request to a wrong host in the shape of its API. */
function misdirected(request: Request, pathname: string, requestId: string): Response {
  if (pathname !== '/graphql' && pathname !== '/schema.graphql') return refuseHost(request, requestId);
  return refuseRequest(421, { code: 'BAD_USER_INPUT', message: wrongHost, details: {} }, requestId);
}

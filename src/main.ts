// Starts the gateway: reads process.env, listens, and stops on a signal. Exit codes: 0 stopped by a signal, 1 failed, 2 invalid configuration.
import './production.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pino, { type Logger } from 'pino';
import type { App } from './app.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { OperatorError, SettingError } from './errors.ts';
import { addressOf } from './http/client.ts';
import { OpenRequests } from './http/open-requests.ts';
import { stopServing } from './http/stop-serving.ts';
import { onClientError } from './http/unreadable.ts';
import { isUpgrade } from './http/upgrade.ts';
import { serializers } from './log/logged-error.ts';
import { onStopSignal } from './signals.ts';
import { printable } from './values/printable.ts';
import { version } from './version.ts';
import { welcome } from './welcome.ts';

/** The interval at which requests that take too long to arrive are refused. */
const checkMs = 1_000;

async function start(config: Config, log: Logger): Promise<void> {
  // Not imported above: the compile cache serves only modules that are imported after it is enabled.
  const { createApp } = await import('./app.ts');
  const app = await createApp(config, log);
  try {
    const timeouts = { requestTimeout: config.requestTimeoutMs, connectionsCheckingInterval: checkMs };
    // Node would answer requests without a Host header, or with an unknown Expect header, itself and without our headers.
    const server = createServer({ ...timeouts, requireHostHeader: false, shouldUpgradeCallback: isUpgrade }, app.handler)
      .on('upgrade', app.upgrade)
      .on('clientError', onClientError)
      .on('checkExpectation', app.handler);
    const requests = new OpenRequests(server);
    const { port } = await listen(server, { ...config, variables: ['HOST', 'PORT'] });
    await serveMetrics(app, config);
    for (const worker of app.workers) await worker.start();
    onStopSignal((signal) => void stop(server, requests, app, config, log.child({ signal })));
    logStart(app, config, log);
    process.stdout.write(welcome(config.publicUrl ?? addressOf(config.host, port), app.demo?.key ?? null));
  } catch (error) {
    await close(app);
    throw error;
  }
}

async function close(app: App): Promise<void> {
  for (const worker of app.workers) await worker.stop();
  await app.close();
}

/** Serves metrics on a port of their own, until the process ends. */
async function serveMetrics({ metrics }: App, config: Config): Promise<void> {
  if (metrics === null || config.metrics === null) return;
  const server = createServer(metrics).unref();
  await listen(server, { ...config.metrics, variables: ['METRICS_HOST', 'METRICS_PORT'] });
}

function logStart({ database, demo }: App, { host, port }: Config, log: Logger): void {
  const about = { version, node: process.versions.node, database: database.kind, pool: database.poolUse()?.size ?? null };
  log.info({ ...about, demo: demo !== null, host, port }, 'started');
}

interface Address {
  host: string;
  port: number;
  /** The variables that set the host and the port. */
  variables: readonly [string, string];
}

function listen(server: Server, address: Address): Promise<AddressInfo> {
  const { host, port } = address;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new OperatorError(explain(error, address), { cause: error })));
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function explain({ code, message }: NodeJS.ErrnoException, { host, port, variables: [hostName, portName] }: Address): string {
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is in use: stop what listens there, or set another ${portName}`;
  if (code === 'EACCES') return `port ${port} needs a privilege that this user lacks: set a ${portName} above 1023`;
  return `cannot listen on ${host}, port ${port} (${hostName}, ${portName}): ${message}`;
}

/** Stops in order, and ends the process. */
async function stop(server: Server, requests: OpenRequests, app: App, { drainMs, graceMs }: Config, log: Logger): Promise<void> {
  log.info('stopping');
  app.notReady();
  try {
    await stopServing({ server, requests, endStreams: app.endStreams, drainMs, graceMs, log });
    // A database that does not answer must not hold up the stop. All requests have ended by now.
    await Promise.race([close(app), delay(graceMs)]);
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'stopping failed');
    process.exit(1);
  }
}

try {
  const config = loadConfig(process.env);
  await start(config, pino({ level: config.logLevel, serializers }, pino.destination({ dest: 2, sync: false })));
} catch (error) {
  if (error instanceof ConfigError) {
    for (const line of error.message.split('\n')) process.stderr.write(`${printable(line)}\n`);
    process.exitCode = 2;
  } else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${printable(error instanceof OperatorError ? message : `cannot start: ${message.replace(/\s+/g, ' ')}`)}\n`);
    process.exitCode = error instanceof SettingError ? 2 : 1;
  }
}

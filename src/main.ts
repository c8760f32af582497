// Starts the gateway: reads process.env, listens, and stops on a signal. Exit codes: 0 stopped by a signal, 1 failed, 2 invalid configuration.
import './production.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pino, { type Logger } from 'pino';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { OperatorError } from './errors.ts';
import { addressOf } from './http/client.ts';
import { OpenRequests } from './http/open-requests.ts';
import { stopServing } from './http/stop-serving.ts';
import { onClientError } from './http/unreadable.ts';
import { isUpgrade } from './http/upgrade.ts';
import { serializers } from './log/logged-error.ts';
import { onStopSignal } from './signals.ts';
import { printable } from './values/printable.ts';
import { welcome } from './welcome.ts';

/** The interval at which requests that take too long to arrive are refused. */
const checkMs = 1_000;

async function start(config: Config, log: Logger): Promise<void> {
  const app = await createApp(config, log);
  try {
    const timeouts = { requestTimeout: config.requestTimeoutMs, connectionsCheckingInterval: checkMs };
    // Node would answer requests without a Host header, or with an unknown Expect header, itself and without our headers.
    const server = createServer({ ...timeouts, requireHostHeader: false, shouldUpgradeCallback: isUpgrade }, app.handler)
      .on('upgrade', app.upgrade)
      .on('clientError', onClientError)
      .on('checkExpectation', app.handler);
    const requests = new OpenRequests(server);
    const { port } = await listen(server, config);
    for (const worker of app.workers) await worker.start();
    onStopSignal((signal) => void stop(server, requests, app, config, log.child({ signal })));
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

function listen(server: Server, { host, port }: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new OperatorError(explain(error, host, port), { cause: error })));
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is in use: stop what listens there, or set another PORT`;
  if (code === 'EACCES') return `port ${port} needs a privilege that this user lacks: set a PORT above 1023`;
  return `cannot listen on ${host}, port ${port} (HOST, PORT): ${message}`;
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
  await start(config, pino({ level: config.logLevel, serializers }, pino.destination(2)));
} catch (error) {
  if (error instanceof ConfigError) {
    for (const line of error.message.split('\n')) process.stderr.write(`${printable(line)}\n`);
    process.exitCode = 2;
  } else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${printable(error instanceof OperatorError ? message : `cannot start: ${message.replace(/\s+/g, ' ')}`)}\n`);
    process.exitCode = 1;
  }
}

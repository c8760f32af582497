import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export const root = join(import.meta.dirname, '../../..');

/** The command of `npm start`. */
export const parleyScript: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.start;

/** Contender → the command line that starts it, in the root of the repository. */
const scripts = {
  parley: parleyScript,
  postgraphile: 'node test/bench/contenders/postgraphile.ts',
  pothos: 'node test/bench/contenders/pothos/server.ts',
  floor: 'node test/bench/contenders/floor.ts',
} as const;

export type ContenderName = keyof typeof scripts;

export interface Contender {
  name: ContenderName;
  /** Of the shell that runs it: the gateway may be a child. */
  pid: number;
  url: string;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** Starts a contender on a free port. @returns it once it answers. @throws with its standard error where it ends */
export async function startContender(name: ContenderName, databaseUrl: string, organizationId: string): Promise<Contender> {
  const port = await freePort();
  const named = new URL(databaseUrl);
  named.searchParams.set('application_name', applicationName(name));
  const environment =
    name === 'parley' ? parleyEnvironment(databaseUrl) : { BENCH_DATABASE_URL: named.href, BENCH_ORGANIZATION: organizationId };
  const child = run(scripts[name], { ...environment, PORT: String(port) });
  let stderr = '';
  child.stderr?.on('data', (chunk) => (stderr = `${stderr}${chunk}`.slice(-10_000)));
  const stop = () => stopGroup(child);
  const url = `http://127.0.0.1:${port}`;
  for (const begun = performance.now(); !(await answers(url)); await setTimeout(20)) {
    if (child.exitCode === null && performance.now() - begun < startTimeoutMs) continue;
    await stop();
    throw new Error(`${name} does not start: ${stderr}`);
  }
  return { name, pid: child.pid ?? 0, url, stop };
}

export function applicationName(name: ContenderName): string {
  return name === 'parley' ? 'parley' : `bench ${name}`;
}

/** As shipped: its own settings are the defaults. */
export function parleyEnvironment(databaseUrl: string): Record<string, string> {
  return { DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' };
}

const running = new Set<ChildProcess>();

/** Nothing outlives the bench, however it ends: a child in a group of its own does not get the terminal's signal. */
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Runs a command line as npm runs a script, in a process group of its own. */
export function run(script: string, environment: Readonly<Record<string, string>>): ChildProcess {
  const { HOME = '', PATH = '' } = process.env;
  const path = `${join(root, 'node_modules/.bin')}:${PATH}`;
  // The peers run as their documentation says for production; Parley runs as its own script says.
  const mode: Record<string, string> =
    'DATABASE_URL' in environment || 'DATA_DIR' in environment ? {} : { NODE_ENV: 'production', GRAPHILE_ENV: 'production' };
  const child = spawn('sh', ['-c', script], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { HOME, PATH: path, ...mode, ...environment },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Stops the process and its children, and waits for it. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  signalGroup(child, 'SIGTERM');
  await ended;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.text().then(() => true),
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

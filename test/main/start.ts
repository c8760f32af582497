import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { compileCache } from '../support/compile-cache.ts';

export const root = join(import.meta.dirname, '../..');

/** Creates a folder for one test. */
export async function newDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-main-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  return dataDir;
}

/** Creates a folder that the tests of a file share. Call it at the top of the file. */
export function useFolder(): () => string {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-main-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return () => folder;
}

/** Runs a file of src as a process, which ends with the test. `release` is a folder like this repository's. */
export function run(file: string, env: Record<string, string>, args: string[] = [], release = root) {
  return runProgram(process.execPath, [join(release, file), ...args], env);
}

/** Runs a program as a process, which ends with the test. It leads a process group of its own if `group` is true. */
export function runProgram(command: string, args: string[], env: Record<string, string>, { group = false } = {}) {
  const { PATH = '' } = process.env;
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH, ...compileCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: group,
  });
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
      for (const watch of watchers) watch();
    });
  }
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return {
    output,
    exit,
    pid: child.pid,
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** Resolves with the match once a stream contains it; rejects if the process ends before. */
    until: (stream: 'stdout' | 'stderr', pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const watch = () => {
          const match = pattern.exec(output[stream]);
          if (match) {
            watchers.delete(watch);
            resolve(match);
          }
        };
        watchers.add(watch);
        watch();
        void exit.then((code) => reject(new Error(`ended with ${code} before ${pattern}: ${output.stderr}${output.stdout}`)));
      }),
  };
}

/** Runs `npm start` on a port that the system chooses. */
export async function start(env: Record<string, string>) {
  const server = run('src/main.ts', { PORT: '0', LOG_LEVEL: 'info', ...env });
  const [, origin = ''] = await server.until('stdout', /GraphiQL +(http:\S+)\/graphql[\s\S]*\ncurl .*\n\ncurl .*\n/);
  return { ...server, origin };
}

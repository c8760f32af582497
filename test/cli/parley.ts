import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { type DatabaseConfig, loadConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/database.ts';
import { openDatabase } from '../../src/database/open.ts';
import { compileCache } from '../support/compile-cache.ts';
import { copyTemplate } from '../support/database.ts';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export const root = join(import.meta.dirname, '../..');

/** As in src/bin/parley for short commands: they take half the time. */
const flags = ['--wasm-tiering-budget=1000000000'];

/**
 * Runs `parley` as the operator does, in an environment that holds nothing of the tests' own. `release` is a folder like this repository's, and `under` a command
 * that runs it.
 */
export async function parley(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  release = root,
  under: readonly string[] = [],
): Promise<Outcome> {
  const [command = '', ...rest] = [...under, process.execPath, ...flags, join(release, 'src/cli.ts'), ...args];
  const child = spawn(command, rest, {
    env: { ...(under.length === 0 ? compileCache : { PATH: process.env.PATH }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code: code as number | null, stdout, stderr };
}

/** Runs `parley` on a terminal of its own, where a person types `answer`. Standard output has what the terminal shows, of `columns` characters a line. Needs `script` of util-linux. */
export async function onTerminal(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  answer: string,
  columns = 80,
): Promise<Outcome> {
  const words = [process.execPath, join(root, 'src/cli.ts'), ...args].map((word) => `'${word}'`);
  const command = `stty cols ${columns}; ${words.join(' ')}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...compileCache, PATH: '/usr/bin:/bin', SHELL: '/bin/sh', ...env },
    stdio: 'pipe',
  });
  child.stdin.write(`${answer}\n`);
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code: code as number | null, stdout, stderr };
}

/** The line of the log that a command left for what it did, as JSON. */
export function logged({ stderr }: Outcome): Record<string, unknown> {
  return JSON.parse(stderr.split('\n').find((line) => line.startsWith('{')) ?? '');
}

export function environmentOf(config: DatabaseConfig): Record<string, string> {
  return 'url' in config ? { DATABASE_URL: config.url } : { DATA_DIR: config.dataDir };
}

/** A database and a folder of a test file's own; call it at the top of the file. */
export function useOperator() {
  let env: Record<string, string>;
  let drop: () => Promise<void>;
  let folder: string;
  beforeAll(async () => {
    const copy = await copyTemplate();
    env = environmentOf(copy.config);
    drop = copy.drop;
    folder = await mkdtemp(join(tmpdir(), 'parley-cli-test-'));
  });
  afterAll(async () => {
    await drop?.();
    await rm(folder, { recursive: true });
  });
  return {
    /** The environment of `parley` for that database. */
    get env() {
      return env;
    },
    get folder() {
      return folder;
    },
    /** Works on that database while no command uses it: much faster than a command. */
    async onDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
      const database = await openDatabase(loadConfig(env).database, pino({ level: 'silent' }));
      return work(database).finally(() => database.close());
    },
  };
}

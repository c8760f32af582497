// Each mistake of an operator about the database gives one clear line and exit code 1.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { environmentOf, parley } from '../cli/parley.ts';
import { asAdmin, emptyDatabase, withDatabase } from './empty.ts';

async function expectLine(env: Record<string, string>, line: RegExp): Promise<void> {
  const outcome = await parley(env, ['org', 'list']);
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  expect(outcome.stderr).toMatch(/^error: [^\n]+\n$/);
  expect(outcome.stderr).toMatch(line);
}

test('refuses an address where no server listens', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await expectLine(
    { DATABASE_URL: `postgresql://root@127.0.0.1:${port}/parley` },
    new RegExp(`no PostgreSQL server answers at 127\\.0\\.0\\.1:${port}`),
  );
});

test('refuses a host that does not exist', () =>
  expectLine({ DATABASE_URL: 'postgresql://root@nowhere.invalid/parley' }, /no PostgreSQL server answers at nowhere\.invalid/));

describe('the folder of the embedded database', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-folder-'));
  });
  afterAll(() => rm(dataDir, { recursive: true }));

  test('is refused while another process holds it: the line names the process', async () => {
    const source = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, '../../src/database/lock.ts'))};
      lockFolder(${JSON.stringify(dataDir)}); console.log('held'); process.stdin.resume();`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', source], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    await expectLine({ DATA_DIR: dataDir }, new RegExp(`is in use by process ${holder.pid} \\(.*another DATA_DIR`));

    // A killed process leaves its lock: the next process takes it over, and removes it when it stops.
    holder.kill('SIGKILL');
    await once(holder, 'close');
    expect(existsSync(join(dataDir, 'parley.lock'))).toBe(true);
    expect(await parley({ DATA_DIR: dataDir }, ['org', 'list', '--json'])).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
    expect(existsSync(join(dataDir, 'parley.lock'))).toBe(false);
  });

  test('is opened if its lock names a process number that another process has now', async () => {
    await writeFile(join(dataDir, 'parley.lock'), JSON.stringify({ pid: process.pid, began: '1', command: 'long gone' }));
    expect(await parley({ DATA_DIR: dataDir }, ['org', 'list', '--json'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('is refused if it is a file', async () => {
    const file = join(dataDir, 'a-file');
    await writeFile(file, 'precious');
    await expectLine({ DATA_DIR: file }, /DATA_DIR .*a-file cannot be made/);
    expect(await readFile(file, 'utf8')).toBe('precious');
  });
});

// There the system answers ENOENT for every new folder.
test.runIf(existsSync('/proc/self'))('refuses a folder that cannot be made', () =>
  expectLine({ DATA_DIR: '/proc/parley/data' }, /DATA_DIR \/proc\/parley\/data cannot be made: ENOENT/),
);

describe.runIf(process.env.TEST_DATABASE_URL)('a PostgreSQL server', () => {
  const template = () => {
    const config = inject('template');
    if (!('url' in config)) throw new Error('this run is not on PostgreSQL');
    return config.url;
  };

  test('refuses a database that does not exist', () =>
    expectLine({ DATABASE_URL: withDatabase(template(), 'parley_not_there') }, /there is no database "parley_not_there" on .*createdb/));

  test('refuses a user that the server does not know', async () => {
    const url = new URL(template());
    url.username = 'parley_nobody';
    await expectLine({ DATABASE_URL: url.href }, /refuses the login of "parley_nobody"/);
  });

  test('refuses a user who may not create tables', async () => {
    const { config, drop } = await emptyDatabase();
    const role = `parley_test_${randomBytes(4).toString('hex')}`;
    await asAdmin(template(), `create role ${role} login`);
    try {
      const url = new URL(environmentOf(config).DATABASE_URL ?? '');
      url.username = role;
      await expectLine({ DATABASE_URL: url.href }, /the database user lacks a privilege that migrating needs: permission denied/);
    } finally {
      await drop();
      await asAdmin(template(), `drop role ${role}`);
    }
  });
});

import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { root, runProgram, useFolder } from '../main/start.ts';

const folder = useFolder();

test('parley-server is the server itself, and stops in order on a signal', async () => {
  const server = await started(join(root, 'src/bin/parley-server'), []);
  expect(server.serverPid).toBe(server.pid);
  server.signal('SIGTERM');
  expect(await server.exit).toBe(0);
});

test('a link to parley-server starts the same server', async () => {
  const link = join(folder(), 'linked-server');
  await symlink(join(root, 'src/bin/parley-server'), link);
  const server = await started(link, []);
  server.signal('SIGTERM');
  expect(await server.exit).toBe(0);
});

describe('npm start', () => {
  test('passes SIGTERM on, waits for the stop, and leaves no process', async () => {
    const npm = await started('npm', ['start']);
    expect(npm.serverPid).not.toBe(npm.pid);
    npm.signal('SIGTERM');
    expect(await npm.exit).toBe(0);
    expect(npm.output.stderr.match(/"stopping"/g)).toHaveLength(1);
    expect(isRunning(npm.serverPid)).toBe(false);
  });

  test('stops in order on Ctrl-C, which a terminal sends to npm and to the server', async () => {
    const npm = await started('npm', ['start']);
    process.kill(-Number(npm.pid), 'SIGINT');
    expect(await npm.exit).toBe(0);
    expect(npm.output.stderr.match(/"stopping"/g)).toHaveLength(1);
    expect(isRunning(npm.serverPid)).toBe(false);
  });

  test('ends when the server is killed', async () => {
    const npm = await started('npm', ['start']);
    process.kill(npm.serverPid, 'SIGKILL');
    expect(await npm.exit).not.toBe(0);
  });
});

/** Starts the gateway on the demo. The embedded database names the process that uses it. */
async function started(command: string, args: string[]) {
  const DATA_DIR = join(folder(), 'data');
  const program = runProgram(command, args, { PORT: '0', DATA_DIR, HOME: folder(), npm_config_update_notifier: 'false' }, { group: true });
  await program.until('stdout', /GraphiQL/);
  const serverPid: number = JSON.parse(await readFile(join(DATA_DIR, 'parley.lock'), 'utf8')).pid;
  onTestFinished(() => {
    if (isRunning(serverPid)) process.kill(serverPid, 'SIGKILL');
  });
  return { ...program, serverPid };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

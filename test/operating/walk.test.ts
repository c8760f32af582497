import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { emptyDatabase } from '../database/empty.ts';
import { compileCache } from '../support/compile-cache.ts';

const root = join(import.meta.dirname, '../..');

describe('src/OPERATING.md', () => {
  // While the embedded database is served, no command can use it.
  test.runIf(process.env.TEST_DATABASE_URL)('has commands that work one after the other', async () => {
    const { config, drop } = await emptyDatabase();
    onTestFinished(drop);
    const folder = await mkdtemp(join(tmpdir(), 'parley-walk-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const commands = (await blocks('sh')).join('\n');
    const bash = spawn('bash', ['-euo', 'pipefail', '-x', '-c', commands], {
      cwd: folder,
      env: {
        ...compileCache,
        PATH: [join(root, 'src/bin'), process.env.PATH].join(delimiter),
        DATABASE_URL: 'url' in config ? config.url : '',
        PORT: String(await freePort()),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    onTestFinished(() => {
      // Only a failed walk leaves a gateway.
      if (bash.exitCode !== 0 && bash.pid !== undefined) process.kill(-bash.pid, 'SIGKILL');
    });
    const [stdout, stderr] = [text(bash.stdout), text(bash.stderr)];
    const [code] = await once(bash, 'exit');
    expect(code, code === 0 ? '' : await stderr).toBe(0);
    expect(await stdout).toContain('"alive"');
    expect(await readFile(join(folder, 'parley.log'), 'utf8')).toContain('"stopping"');
  });

  test('runs all of its commands, except those that need a machine of their own', async () => {
    const elsewhere = (await blocks('console')).flatMap((block) => block.trim().split('\n'));
    expect(elsewhere.filter((line) => !/^(npm ci|export PATH=|docker|systemctl) ?/.test(line))).toEqual([]);
    const languages = [...(await operating()).matchAll(/^```(\w*)\n[\s\S]*?^```$/gm)].map(([, language]) => language);
    expect(new Set(languages)).toEqual(new Set(['sh', 'console']));
  });
});

function operating(): Promise<string> {
  return readFile(join(root, 'src/OPERATING.md'), 'utf8');
}

async function blocks(language: string): Promise<string[]> {
  return [...(await operating()).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

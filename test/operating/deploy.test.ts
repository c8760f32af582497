import { execFile, spawnSync } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { runProgram } from '../main/start.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFile(join(root, path), 'utf8');

/** Returns the names in the schema of the environment. */
async function variables(): Promise<string[]> {
  return [...(await read('src/config.ts')).matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name).sort();
}

describe('the settings', () => {
  test('are all in .env.example, whose values are valid', async () => {
    const settings = [...(await read('.config/deploy/.env.example')).matchAll(/^#([A-Z_]+)=(.*)$/gm)];
    expect(settings.map(([, name]) => name).sort()).toEqual(await variables());
    const defaults = Object.fromEntries(settings.map(([, name, value]) => [name, value]));
    expect(loadConfig(defaults)).toMatchObject({ port: 4000 });
    const without = [
      'DATABASE_URL',
      'METRICS_PORT',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'PUBLIC_URL',
      'ALLOWED_HOSTS',
      'TRUSTED_PROXIES',
      'CORS_ORIGINS',
      'REDIS_URL',
      'TRUSTED_OPERATIONS',
      'WEBHOOK_ALLOWED_RANGES',
    ];
    expect(loadConfig({ ...defaults, ...Object.fromEntries(without.map((name) => [name, ''])) })).toEqual(loadConfig({}));
  });

  test('are all in the table of src/OPERATING.md', async () => {
    const rows = [...(await read('src/OPERATING.md')).matchAll(/^\| (`[A-Z][A-Z_`, ]+) \|/gm)];
    const named = rows.flatMap(([, names = '']) => names.match(/[A-Z][A-Z_]+/g) ?? []);
    expect(named.sort()).toEqual(await variables());
  });

  test('of the Compose file and the unit for systemd exist', async () => {
    const compose = (await read('.config/deploy/compose.yaml')).split('\n  gateway:\n')[1] ?? '';
    const unit = await read('.config/deploy/parley.service');
    const set = [...compose.matchAll(/^ {6}([A-Z_]+):/gm), ...unit.matchAll(/^Environment=([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(set.length).toBeGreaterThan(5);
    const known = await variables();
    expect(set.filter((name) => name === undefined || !known.includes(name))).toEqual([]);
  });
});

test('the files that the Dockerfile copies are enough to start its command', async () => {
  const lines = (await read('.config/deploy/Dockerfile')).split('\n');
  const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
  const [, command = ''] = /^CMD \["([\w-]+)"\]$/m.exec(lines.join('\n')) ?? [];
  const ignored = (await read('.config/deploy/Dockerfile.dockerignore')).match(/(?<=^!).+/gm) ?? [];
  expect([...new Set(copied.map((path) => path.replace(/\/$/, '')))].sort()).toEqual(ignored.sort());
  const folder = await mkdtemp(join(tmpdir(), 'parley-image-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const filter = (path: string) => !path.endsWith('node_modules');
  for (const path of copied) await cp(join(root, path), join(folder, path), { recursive: true, filter });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const server = runProgram(join(folder, 'src/bin', command), [], { PORT: '0', DATA_DIR: join(folder, 'data') });
  await server.until('stdout', /GraphiQL/);
  server.signal('SIGTERM');
  expect(await server.exit).toBe(0);
});

test('the programs of package.json can be executed', async () => {
  const { bin } = JSON.parse(await read('package.json')) as { bin: Record<string, string> };
  expect(Object.keys(bin)).toEqual(['parley', 'parley-server']);
  for (const path of Object.values(bin)) await access(join(root, path), constants.X_OK);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.runIf(hasSystemd)('systemd finds nothing wrong with the unit', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-unit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const unit = (await read('.config/deploy/parley.service')).replaceAll('/opt/parley', root);
  await writeFile(join(folder, 'parley.service'), unit);
  const { stderr } = await promisify(execFile)('systemd-analyze', ['verify', '--man=no', join(folder, 'parley.service')]);
  expect(stderr).toBe('');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { parley, root } from './parley.ts';

const unused = join(tmpdir(), `parley-never-made-${process.pid}`);
const org = ['--org', '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e'];

describe.concurrent('wrong usage: exit 2, the reason on standard error, no database touched', () => {
  test.each<[string[], string]>([
    [[], 'Usage: parley'],
    [['org'], 'Usage: parley org'],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['org', 'crate'], 'Did you mean create?'],
    [['org', 'create'], "required option '--name <name>' not specified"],
    [['org', 'create', '--name', 'a', '--color', 'red'], "unknown option '--color'"],
    [['org', 'create', '--name', 'a', 'b'], 'too many arguments'],
    [['org', 'create', '--name', 'a', '--retention-days', '1e2'], 'It must be a whole number of days'],
    [['org', 'create', '--name', 'a', '--retention-days', '-5'], 'It must be a whole number of days'],
    [['org', 'retention', 'nobody', '--days', '5'], 'It must be a UUID'],
    [['org', 'retention', ...org.slice(1)], "required option '--days <days>' not specified"],
    [['org', 'retention', ...org.slice(1), '--days', 'None'], 'It must be a whole number of days'],
    [['key', 'create', ...org, '--name', 'a'], "required option '--scope <scope>' not specified"],
    [['key', 'create', ...org, '--name', 'a', '--scope', 'everything'], 'It must be one of conversations:read, '],
    [['key', 'create', ...org, '--name', 'a', '--scope', 'messages:ingest', '--contract', 'soap'], 'Allowed choices are agentmessage'],
    [['key', 'create', ...org, '--name', 'a', '--scope', 'messages:ingest', '--expires', '30'], 'like 30d, 12h or 45m'],
    [['key', 'create', ...org, '--name', 'a', '--scope', 'messages:ingest', '--expires', '0d'], 'like 30d, 12h or 45m'],
    [['key', 'list'], "required option '--org <id>' not specified"],
    [['key', 'revoke', ...org], "missing required argument 'id'"],
    [['key', 'rotate', ...org], "missing required argument 'id'"],
    [['key', 'rotate', org[1] ?? '', ...org, '--grace', '8d'], 'It must be at most 7d.'],
    [['key', 'rotate', org[1] ?? '', ...org, '--expires', 'soon'], 'like 30d, 12h or 45m'],
    [['org', 'rename', ...org.slice(1)], "required option '--name <name>' not specified"],
    [['migrate', '--stat'], "unknown option '--stat'"],
  ])('%j', async (args, reason) => {
    const outcome = await parley({ DATA_DIR: unused }, args);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(reason);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(unused)).toBe(false);
  });
});

test('wrong configuration prints every variable at once, exit 2', async () => {
  const outcome = await parley({ DATABASE_URL: 'mysql://localhost/x', LOG_LEVEL: 'loud', PORT: '70000' }, ['org', 'list']);
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
  expect(
    outcome.stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0])
      .sort(),
  ).toEqual(['DATABASE_URL', 'LOG_LEVEL', 'PORT']);
});

test.each([[['--help']], [['org', 'create', '--help']], [['help', 'key']]])('%j helps, whatever the configuration', async (args) => {
  const outcome = await parley({ PORT: 'nonsense' }, args);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stdout).toContain('Usage: parley');
});

test.each([['--version'], ['-V']])(
  '%s prints the versions of the release, its schema and Node, whatever the configuration',
  async (option) => {
    const outcome = await parley({ PORT: 'nonsense' }, [option]);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const migrations = (await readdir(join(root, 'prisma/migrations'))).filter((name) => /^\d/.test(name)).sort();
    expect(outcome.stdout).toBe(`parley ${version}, schema ${migrations.at(-1)}, Node ${process.versions.node}\n`);
  },
);

test('ends without an error when the reader closes the pipe', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/cli.ts'), '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [[code], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

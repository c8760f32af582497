import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, expect, inject, test } from 'vitest';
import { phoneLine } from '../support/lines.ts';
import { parley, root, useOperator } from './parley.ts';

const operator = useOperator();
/** On a server a lock can hold up an export, and a limit of the command's files is none of the database's. */
const onServer = 'url' in inject('template') && process.platform === 'linux';
let org: string;
let printed: string;

beforeAll(async () => {
  org = JSON.parse((await parley(operator.env, ['org', 'create', '--name', 'Export', '--json'])).stdout).id;
  const given = join(operator.folder, 'in.ndjson');
  await writeFile(given, [phoneLine({ externalId: 'a' }), phoneLine({ externalId: 'b' })].map((line) => JSON.stringify(line)).join('\n'));
  expect(await parley(operator.env, ['import', given, '--org', org])).toMatchObject({ code: 0, stderr: '' });
  printed = (await parley(operator.env, ['export', '--org', org])).stdout;
});

const exporting = (file: string, ...options: string[]) => parley(operator.env, ['export', file, '--org', org, ...options]);
const done = { code: 0, stdout: '', stderr: '' };

/** An empty folder of a test's own. */
async function folder(name: string): Promise<string> {
  const path = join(operator.folder, name);
  await mkdir(path);
  return path;
}

test('writes to standard output', () => {
  const ids = printed
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).externalId);
  expect(ids).toEqual(['a', 'b']);
});

test('writes a private file, and nothing else beside it', async () => {
  const path = await folder('private');
  expect(await exporting(join(path, 'out.ndjson'))).toEqual(done);
  expect(await readFile(join(path, 'out.ndjson'), 'utf8')).toBe(printed);
  expect((await stat(join(path, 'out.ndjson'))).mode & 0o777).toBe(0o600);
  expect(await readdir(path)).toEqual(['out.ndjson']);
});

test('refuses to replace a file; --force replaces it, and only this user can read the new one', async () => {
  const path = await folder('existing');
  const file = join(path, 'out.ndjson');
  await writeFile(file, 'precious');
  await chmod(file, 0o666);
  const reason = `error: ${file} exists: choose another file, or replace it with --force\n`;
  expect(await exporting(file)).toEqual({ code: 1, stdout: '', stderr: reason });
  expect(await readFile(file, 'utf8')).toBe('precious');
  expect(await exporting(file, '--force')).toEqual(done);
  expect(await readFile(file, 'utf8')).toBe(printed);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(path)).toEqual(['out.ndjson']);
});

test('replaces the file that a link points to, not the link', async () => {
  const path = await folder('linked');
  await writeFile(join(path, 'real'), 'old');
  await symlink('real', join(path, 'link'));
  expect(await exporting(join(path, 'link'), '--force')).toEqual(done);
  expect(await readFile(join(path, 'real'), 'utf8')).toBe(printed);
  expect((await stat(join(path, 'link'))).size).toBe(Buffer.byteLength(printed));
});

test('writes the file that a link points to and that does not exist yet', async () => {
  const path = await folder('dangling');
  await mkdir(join(path, 'other'));
  await symlink('other/real', join(path, 'next'));
  await symlink('next', join(path, 'link'));
  expect(await exporting(join(path, 'link'))).toEqual(done);
  expect((await lstat(join(path, 'link'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(path, 'other/real'), 'utf8')).toBe(printed);
  expect(await readdir(join(path, 'other'))).toEqual(['real']);
});

test('a failed export leaves the old file unchanged, and no part of the new one', async () => {
  const path = await folder('failed');
  await writeFile(join(path, 'out.ndjson'), 'precious');
  const unknown = '0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e';
  expect(await parley(operator.env, ['export', join(path, 'out.ndjson'), '--force', '--org', unknown])).toMatchObject({ code: 1 });
  expect(await readFile(join(path, 'out.ndjson'), 'utf8')).toBe('precious');
  const nowhere = await exporting(join(path, 'no/such/folder'));
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .* cannot be written: .*\n$/) });
  expect(await exporting(path)).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written') });
  expect(await readdir(path)).toEqual(['out.ndjson']);
});

test.runIf(onServer)('a disk that is full keeps the old file, and no part of the new one', async () => {
  const path = await folder('full');
  await writeFile(join(path, 'out.ndjson'), 'precious');
  // A limit of no bytes for each file is like a full disk.
  const outcome = await parley(operator.env, ['export', join(path, 'out.ndjson'), '--force', '--org', org], root, ['prlimit', '--fsize=0']);
  expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written') });
  expect(await readFile(join(path, 'out.ndjson'), 'utf8')).toBe('precious');
  expect(await readdir(path)).toEqual(['out.ndjson']);
});

test.runIf(onServer)('a signal leaves no part of an export', async () => {
  const path = await folder('signal');
  const client = new pg.Client(operator.env.DATABASE_URL);
  await client.connect();
  await client.query('begin; lock table messages in access exclusive mode');
  const args = [join(import.meta.dirname, '../../src/cli.ts'), 'export', join(path, 'out.ndjson'), '--org', org];
  const child = spawn(process.execPath, args, { env: operator.env, stdio: 'ignore' });
  await expect.poll(() => readdir(path), { timeout: 20_000 }).toEqual([expect.stringMatching(/^out\.ndjson\.[0-9a-f]{8}\.part$/)]);
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([null, 'SIGTERM']);
  expect(await readdir(path)).toEqual([]);
  await client.end();
});

test('writes to a device directly', async () => expect(await exporting('/dev/null')).toEqual(done));

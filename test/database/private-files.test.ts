// Only the user who runs the gateway can read the embedded database and its exports.
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { parley } from '../cli/parley.ts';

const silent = pino({ level: 'silent' });
const narrow = /^(file 600|folder 700)$/;

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-private-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function everythingIn(folder: string): Promise<string[]> {
  return [folder, ...(await readdir(folder, { recursive: true })).map((name) => join(folder, name))];
}

/** The paths that others have rights to. */
async function wider(folder: string): Promise<string[]> {
  const paths = await everythingIn(folder);
  const modes = await Promise.all(
    paths.map(async (path) => {
      const found = await lstat(path);
      return `${found.isDirectory() ? 'folder' : 'file'} ${(found.mode & 0o777).toString(8)}`;
    }),
  );
  return paths.filter((_path, index) => !narrow.test(modes[index] ?? ''));
}

/** A log, and its lines of level warn and up. */
function warnings() {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  return { lines, log };
}

describe('the embedded database', () => {
  test('is private when it is new, while it is used, and once it is closed', async () => {
    const folder = join(await newFolder(), 'made', 'here');
    for (let opening = 0; opening < 2; opening++) {
      const database = await openDatabase({ dataDir: folder }, silent);
      expect(await wider(folder)).toEqual([]);
      await migrate(database);
      await database.query({ label: 'test_write', text: `create table test_${opening} as select generate_series(1, 10000) as x` });
      await database.query({ label: 'test_checkpoint', text: 'checkpoint' });
      expect(await wider(folder)).toEqual([]);
      await database.close();
      expect(await wider(folder)).toEqual([]);
    }
  });

  test('is made private when it is opened, with one warning, if other users had rights to it', async () => {
    const folder = await newFolder();
    await (await openDatabase({ dataDir: folder }, silent)).close();
    for (const path of await everythingIn(folder)) await chmod(path, (await stat(path)).isDirectory() ? 0o755 : 0o666);
    const { lines, log } = warnings();
    await (await openDatabase({ dataDir: folder }, log)).close();
    expect(lines).toEqual([expect.stringContaining('other users had rights to files of the embedded database: they have none now')]);
    expect(await wider(folder)).toEqual([]);
    await (await openDatabase({ dataDir: folder }, log)).close();
    expect(lines).toHaveLength(1);
  });

  test('is not opened in a folder of another user', async () => {
    const folder = process.geteuid?.() === 0 ? await newFolder() : '/usr';
    if (folder !== '/usr') await chown(folder, 12_345, 12_345);
    const outcome = await parley({ DATA_DIR: folder }, ['org', 'list']);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toMatch(
      /^error: DATA_DIR \S+ belongs to another user \(number \d+, this process is \d+\): .*another DATA_DIR\n$/,
    );
  });

  test('does not close a shared folder to the others who use it', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'of-others'));
    await chmod(folder, 0o1777);
    const outcome = await parley({ DATA_DIR: folder }, ['org', 'list']);
    expect(outcome).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: DATA_DIR \S+ is open to other users and holds .*\n$/),
    });
    expect((await stat(folder)).mode & 0o7777).toBe(0o1777);
    expect(await readdir(folder)).toEqual(['of-others']);
    // After its owner closed it, it is accepted.
    await chmod(folder, 0o700);
    await (await openDatabase({ dataDir: folder }, silent)).close();
    expect(await readdir(folder)).toContain('of-others');
  });
});

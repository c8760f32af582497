import { randomBytes } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { lstat, open, readlink, realpath, rename, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { OperatorError } from '../errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes a file that only this user can read: under another name beside it, which becomes its name once everything is on disk. So the name never has half an
 * export. A pipe or a device is written directly. @throws OperatorError for an existing file without `force`, or one that cannot be written
 */
export async function writeExport(lines: Readable, file: string, force: boolean): Promise<void> {
  try {
    const before = await statOf(file);
    if (before !== null && !before.isFile()) return await pipeline(lines, (await open(file, 'w')).createWriteStream());
    if (!force) refuseExisting(file, before);
    // A link keeps pointing to the file, also to one that does not exist yet.
    const target = before === null ? await endOfLinks(file) : await realpath(file);
    const beside = `${target}.${randomBytes(4).toString('hex')}.part`;
    await removedUnlessRenamed(beside, async () => {
      await writeToDisk(lines, beside);
      if (!force) refuseExisting(file, await statOf(file));
      await rename(beside, target);
    });
    await syncFolder(dirname(target));
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    throw syscall === undefined ? error : new OperatorError(`${file} cannot be written: ${message}`, { cause: error });
  }
}

function refuseExisting(file: string, found: Stats | null): void {
  if (found !== null) throw new OperatorError(`${file} exists: choose another file, or replace it with --force`);
}

async function statOf(file: string): Promise<Stats | null> {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Returns the path of a file that does not exist: the last target, if links lead to it. */
async function endOfLinks(file: string): Promise<string> {
  const found = await lstat(file).catch(() => null);
  return found?.isSymbolicLink() ? endOfLinks(resolve(dirname(file), await readlink(file))) : file;
}

async function writeToDisk(lines: Readable, file: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  await pipeline(lines, handle.createWriteStream({ flush: true }));
}

/** Runs work that renames a file. If it fails, or a signal ends the process, the file is removed, because it has content. */
async function removedUnlessRenamed(file: string, work: () => Promise<void>): Promise<void> {
  const remove = () => rmSync(file, { force: true });
  const onSignal = (signal: NodeJS.Signals) => {
    remove();
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.once(signal, onSignal);
  try {
    await work();
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
    remove();
  }
}

/** Makes the new name outlast a power failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

import { chmod, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../errors.ts';

const ownersOnly = { folder: 0o700, file: 0o600 };

/** The names that the embedded database uses in its folder. */
const ourNames = /^(pgdata|parley\.lock.*)$/;

/**
 * Makes a folder that only this user can read, or takes that right from the others. Other files in it stay unchanged.
 * @returns true if others could read it. @throws OperatorError if it cannot be made, belongs to another user, or is a shared folder such as /tmp
 */
export async function openPrivateFolder(folder: string): Promise<boolean> {
  await makeFolder(folder).catch((error: Error) => {
    throw new OperatorError(`DATA_DIR ${folder} cannot be made: ${error.message}: set another DATA_DIR`);
  });
  const { uid, mode } = await stat(folder);
  const user = process.geteuid?.();
  // Windows has neither owners by number nor modes.
  if (user === undefined) return false;
  if (uid !== user) {
    throw new OperatorError(
      `DATA_DIR ${folder} belongs to another user (number ${uid}, this process is ${user}): run as that user, or set another DATA_DIR`,
    );
  }
  if (isPrivate(mode)) return false;
  if ((await readdir(folder)).some((name) => !ourNames.test(name))) {
    throw new OperatorError(
      `DATA_DIR ${folder} is open to other users and holds files that do not belong to the database: set another DATA_DIR for the database alone, or run chmod 700 on this one`,
    );
  }
  await chmod(folder, ownersOnly.folder);
  return true;
}

/** Makes a folder and those above it. Node's recursive `mkdir` never ends where the system answers ENOENT for a new folder, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: ownersOnly.folder });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(folder)).isDirectory();
    if (!exists) throw error;
  }
}

/**
 * Takes every right of other users from a tree of files, which PGlite gives to some of what it makes. Links are not followed. A path that does not exist
 * is an empty tree. @returns the number of files and folders to which others had rights
 */
export async function makePrivate(path: string): Promise<number> {
  if (process.geteuid === undefined) return 0;
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null || found.isSymbolicLink()) return 0;
  if (!isPrivate(found.mode)) await chmod(path, found.isDirectory() ? ownersOnly.folder : ownersOnly.file);
  let count = isPrivate(found.mode) ? 0 : 1;
  if (found.isDirectory()) for (const name of await readdir(path)) count += await makePrivate(join(path, name));
  return count;
}

function isPrivate(mode: number): boolean {
  return (mode & 0o077) === 0;
}

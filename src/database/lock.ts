import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../errors.ts';

interface Holder {
  pid: number;
  /** The start time of that process, as the system reports it: a later process with the same pid is another one. */
  began: string;
  command: string;
}

/**
 * Locks a folder for this process: PGlite has no lock, and two processes on one folder lose writes silently. The lock of a process that ended is replaced.
 * @returns a function that unlocks it. @throws OperatorError that names the process that holds the lock
 */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, 'parley.lock');
  const mine = `${lock}.${process.pid}`;
  const holder: Holder = { pid: process.pid, began: beganAt(process.pid), command: process.argv.slice(1).join(' ') };
  writeFileSync(mine, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (let attempt = 0; !tryLink(mine, lock); attempt++) {
      const other = readHolder(lock);
      if (attempt > 10 || (other && isAlive(other))) {
        throw new OperatorError(`${folder} is in use by process ${other?.pid} (${other?.command}): stop it, or set another DATA_DIR`);
      }
      // If several processes find the same stale lock, exactly one renames it.
      tryRename(lock, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
    rmSync(`${mine}.stale`, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function tryRename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readHolder(lock: string): Holder | null {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return beganAt(pid) === began;
}

/** Returns the start time of a process; empty if the system does not report it. */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, counted after the command, which may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

// A disk of a few megabytes that a test may fill: a tmpfs, which only root can mount.
import { execFile } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async mount(mebibytes: number): Promise<SmallDisk> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'parley-test', folder]);
    } catch (error) {
      await rmdir(folder);
      throw error;
    }
    return new SmallDisk(folder);
  }

  /** Fills the disk up to the last byte. Synchronous, because an app that is written to in this process leaves no turn of the event loop to files. */
  fill(): void {
    for (const bytes of [1_048_576, 4_096]) {
      const block = Buffer.alloc(bytes);
      try {
        for (;;) appendFileSync(this.#ballast, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  }

  /** Undoes `fill`. */
  free(): void {
    rmSync(this.#ballast);
  }

  async resize(mebibytes: number): Promise<void> {
    await run('mount', ['-o', `remount,size=${mebibytes}m`, this.folder]);
  }

  async unmount(): Promise<void> {
    // Lazily: after a panic PGlite keeps its files open.
    await run('umount', ['--lazy', this.folder]);
    await rmdir(this.folder);
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }
}

/** False on a machine where nothing can be mounted. CI must be able to: there the tests run, and fail if they cannot. */
export const canMount =
  process.env.CI !== undefined ||
  (await SmallDisk.mount(1).then(
    async (disk) => {
      await disk.unmount();
      return true;
    },
    () => false,
  ));

/** Added to the name of tests that need such a disk, so that a report says why they are skipped. */
export const needsMount = canMount ? 'on a small disk' : 'on a small disk (skipped: this user cannot mount a tmpfs)';

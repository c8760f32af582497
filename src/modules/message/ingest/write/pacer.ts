import { setImmediate } from 'node:timers/promises';

const sliceBytes = 65_536;

/** Divides long work into slices of 64 KiB of JSON, and lets the process do other work after each. */
export class Pacer {
  #done = 0;

  async spend(bytes: number): Promise<void> {
    this.#done += bytes;
    if (this.#done < sliceBytes) return;
    this.#done = 0;
    await setImmediate();
  }
}

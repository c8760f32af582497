import { PGlite } from '@electric-sql/pglite';
import { UnavailableError } from '../errors.ts';
import { diskFull } from './disk-space.ts';

/**
 * PGlite that runs nothing after a panic, such as a disk without space for the log of changes. PGlite itself would run the next statement on what is left of the
 * server, and never return: the process would answer nothing any more. What was committed is in the log; the next start replays it.
 */
export class GuardedPGlite extends PGlite {
  #panic: UnavailableError | null = null;

  /** True after a panic: the database cannot be closed in order. */
  get hasPanicked(): boolean {
    return this.#panic !== null;
  }

  /** All statements pass here. @throws UnavailableError after a panic */
  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    if (this.#panic !== null) throw this.#panic;
    return super.execProtocolRawSync(message);
  }

  override execProtocol(...given: Parameters<PGlite['execProtocol']>): ReturnType<PGlite['execProtocol']> {
    return this.#noticePanic(super.execProtocol(...given));
  }

  override execProtocolStream(...given: Parameters<PGlite['execProtocolStream']>): ReturnType<PGlite['execProtocolStream']> {
    return this.#noticePanic(super.execProtocolStream(...given));
  }

  async #noticePanic<Result>(running: Promise<Result>): Promise<Result> {
    try {
      return await running;
    } catch (error) {
      const { severity, code } = error as { severity?: string; code?: string };
      if (severity !== 'PANIC' && severity !== 'FATAL') throw error;
      const advice = code === diskFull ? 'its disk is full: free space, then restart the gateway' : 'restart the gateway';
      this.#panic = new UnavailableError(`the embedded database has stopped; ${advice}`, { cause: error });
      throw this.#panic;
    }
  }
}

import { UnavailableError } from '../errors.ts';

export const maxBodyBytes = 4 * 1024 * 1024;

/** The most bytes of incomplete bodies: of one organization, and of all together. */
const maxUnfinishedBytes = { organization: 64 * 1024 * 1024, all: 256 * 1024 * 1024 };

export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
  constructor() {
    super(`the body is larger than ${maxBodyBytes / 1024 / 1024} MiB`);
  }
}

/** The connection ended, or the request took too long to arrive. No client waits for its answer. */
export class BodyIncomplete extends Error {
  override name = 'BodyIncomplete';
  constructor(cause: unknown) {
    super('the body is not complete', { cause });
  }
}

/** Reads bodies, and limits the memory of incomplete ones. Clients without a key count as one organization, null. */
export class Bodies {
  readonly #unfinished = new Map<string | null, number>();
  #all = 0;

  /** Reads a whole body. @throws BodyTooLarge, BodyIncomplete; UnavailableError if incomplete bodies hold too many bytes */
  async read({ headers, body }: Request, organizationId: string | null): Promise<Uint8Array<ArrayBuffer>> {
    const length = headers.get('content-length');
    if (length !== null && !(Number(length) <= maxBodyBytes)) throw new BodyTooLarge();
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of body === null ? [] : whole(body)) {
        if (!this.#hold(organizationId, chunk.byteLength)) throw new UnavailableError('too many request bodies are arriving');
        size += chunk.byteLength;
        if (size > maxBodyBytes) throw new BodyTooLarge();
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } finally {
      this.#release(organizationId, size);
    }
  }

  /** Counts a body that is read elsewhere. @returns a function to call once the body is complete; null if it exceeds the limit */
  reserve(organizationId: string, bytes: number): (() => void) | null {
    if (!this.#hold(organizationId, bytes)) return null;
    let held = bytes;
    return () => {
      this.#release(organizationId, held);
      held = 0;
    };
  }

  #hold(organizationId: string | null, bytes: number): boolean {
    const own = (this.#unfinished.get(organizationId) ?? 0) + bytes;
    if (own > maxUnfinishedBytes.organization || this.#all + bytes > maxUnfinishedBytes.all) return false;
    this.#unfinished.set(organizationId, own);
    this.#all += bytes;
    return true;
  }

  #release(organizationId: string | null, bytes: number): void {
    const own = (this.#unfinished.get(organizationId) ?? 0) - bytes;
    if (own > 0) this.#unfinished.set(organizationId, own);
    else this.#unfinished.delete(organizationId);
    this.#all -= bytes;
  }
}

async function* whole(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new BodyIncomplete(error);
  }
}

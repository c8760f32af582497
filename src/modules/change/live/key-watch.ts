import type { Authenticate } from '../../../auth/authenticate.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import { ParleyError } from '../../../errors.ts';

/** How often keys are looked at; a revoked one is still answered as long as `authenticate` remembers it, an expired one is not. */
const checkMs = 1_000;

/** A stream or a socket, as far as it matters here. */
export interface Ending {
  fail(error: unknown): void;
  whenEnded(callback: () => void): void;
}

/** Whose stream it is. `authorization` is the header that its key came in. */
export interface StreamOwner {
  viewer: Viewer;
  authorization: string | null;
}

/** Ends the streams and the sockets of keys that were revoked or have expired. */
export class KeyWatch {
  readonly #authenticate: Authenticate;
  readonly #keys = new Map<string, { authorization: string | null; streams: Set<Ending> }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(authenticate: Authenticate) {
    this.#authenticate = authenticate;
  }

  /** Until the stream ends. */
  add({ viewer, authorization }: StreamOwner, stream: Ending): void {
    const key = this.#keys.get(viewer.keyId) ?? { authorization, streams: new Set() };
    this.#keys.set(viewer.keyId, key);
    key.streams.add(stream);
    this.#timer ??= setInterval(() => this.#check(), checkMs).unref();
    stream.whenEnded(() => {
      key.streams.delete(stream);
      if (key.streams.size === 0) this.#forget(viewer.keyId);
    });
  }

  #forget(keyId: string): void {
    this.#keys.delete(keyId);
    if (this.#keys.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #check(): void {
    for (const { authorization, streams } of [...this.#keys.values()]) {
      this.#authenticate(authorization).then(
        (viewer) => {
          if (viewer !== null) return;
          const error = new ParleyError('UNAUTHENTICATED', 'the API key of this stream was revoked or has expired');
          for (const stream of [...streams]) stream.fail(error);
        },
        // The database does not answer: then nothing is streamed either.
        () => {},
      );
    }
  }
}

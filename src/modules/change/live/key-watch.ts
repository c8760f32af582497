import type { Authenticate } from '../../../auth/authenticate.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import { ParleyError } from '../../../errors.ts';

/** The interval between checks. A revoked key is noticed once `authenticate` no longer has it in its cache, an expired one at the next check. */
const checkMs = 1_000;

/** A stream or a socket that can be made to fail. */
export interface Ending {
  fail(error: unknown): void;
  whenEnded(callback: () => void): void;
}

/** The viewer of a stream, and the header that its key came in. */
export interface StreamOwner {
  viewer: Viewer;
  authorization: string | null;
}

/** Fails the streams and the sockets of keys that were revoked or have expired. */
export class KeyWatch {
  readonly #authenticate: Authenticate;
  readonly #keys = new Map<string, { authorization: string | null; streams: Set<Ending> }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(authenticate: Authenticate) {
    this.#authenticate = authenticate;
  }

  /** Watches the key of a stream until the stream ends. */
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
        // While the database does not answer, nothing is streamed either.
        () => {},
      );
    }
  }
}

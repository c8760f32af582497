import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Bodies } from '../../http/body.ts';

/** Why a socket is closed: a code of RFC 6455 or of graphql-transport-ws, and a sentence. */
export interface Closing {
  code: number;
  reason: string;
}

/** Bytes that a client may send before its key is known. */
const maxUnidentifiedBytes = 16 * 1024;

/** Bytes before those that a client sends in a ping or a pong: these are short, and masked. */
const controlHeaderBytes = 6;

/** Counts the bytes of a message that has begun to arrive, with those of unfinished bodies: see `Bodies`. */
export class Arriving {
  readonly #bodies: Bodies;
  readonly #fail: (closing: Closing) => void;
  #organizationId: string | null = null;
  #unidentified = 0;
  #held = { bytes: 0, release: () => {} };

  /** @param fail called once the bytes are too many; nothing is counted after it */
  constructor(bodies: Bodies, fail: (closing: Closing) => void) {
    this.#bodies = bodies;
    this.#fail = fail;
  }

  watch(socket: WebSocket, connection: Socket): void {
    const count = ({ byteLength }: Buffer) => {
      const closing = this.#count(byteLength);
      if (closing === null) return;
      connection.off('data', count);
      this.#fail(closing);
    };
    // Before the listener of the socket, which says that the message is complete.
    connection.prependListener('data', count);
    for (const complete of ['message', 'close'] as const) socket.on(complete, () => this.#hold(0));
    // They may come between the parts of a message, which is held on.
    for (const control of ['ping', 'pong'] as const) {
      socket.on(control, ({ byteLength }) => this.#hold(Math.max(0, this.#held.bytes - byteLength - controlHeaderBytes)));
    }
    socket.once('close', () => connection.off('data', count));
  }

  /** The key is known: what arrives from now on is counted for its organization. */
  identify(organizationId: string): void {
    this.#organizationId = organizationId;
  }

  /** @returns why the socket is to be closed, if the bytes are too many */
  #count(bytes: number): Closing | null {
    if (this.#organizationId === null) {
      this.#unidentified += bytes;
      if (this.#unidentified <= maxUnidentifiedBytes) return null;
      return { code: 1009, reason: 'send a short connection_init with an API key first' };
    }
    return this.#hold(this.#held.bytes + bytes) ? null : { code: 1013, reason: 'too many messages are arriving' };
  }

  /** Holds so many bytes in all. @returns false if they do not fit; none are held then */
  #hold(bytes: number): boolean {
    this.#held.release();
    const release = this.#organizationId === null || bytes === 0 ? () => {} : this.#bodies.reserve(this.#organizationId, bytes);
    this.#held = release === null ? { bytes: 0, release: () => {} } : { bytes, release };
    return release !== null;
  }
}

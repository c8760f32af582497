import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Bodies } from '../../http/body.ts';

/** The reason for closing a socket: a code of RFC 6455 or of graphql-transport-ws, and a sentence. */
export interface Closing {
  code: number;
  reason: string;
}

/** Bytes that a client may send before its key is known. */
const maxUnidentifiedBytes = 16 * 1024;

/** The bytes of the header of a client's ping or pong, which is short and masked. */
const controlHeaderBytes = 6;

/** Counts the bytes of an incomplete message together with those of incomplete bodies: see `Bodies`. */
export class IncompleteMessage {
  readonly #bodies: Bodies;
  readonly #fail: (closing: Closing) => void;
  #organizationId: string | null = null;
  #unidentified = 0;
  #held = { bytes: 0, release: () => {} };

  /** @param fail called once if the bytes exceed the limit; counting ends then */
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
    // Before the socket's listener, which reports that the message is complete.
    connection.prependListener('data', count);
    for (const complete of ['message', 'close'] as const) socket.on(complete, () => this.#hold(0));
    // These may come between the parts of a message, whose bytes are still held.
    for (const control of ['ping', 'pong'] as const) {
      socket.on(control, ({ byteLength }) => this.#hold(Math.max(0, this.#held.bytes - byteLength - controlHeaderBytes)));
    }
    socket.once('close', () => connection.off('data', count));
  }

  /** Counts later bytes for the organization of the key, which is now known. */
  identify(organizationId: string): void {
    this.#organizationId = organizationId;
  }

  /** @returns the reason for closing the socket if the bytes exceed the limit */
  #count(bytes: number): Closing | null {
    if (this.#organizationId === null) {
      this.#unidentified += bytes;
      if (this.#unidentified <= maxUnidentifiedBytes) return null;
      return { code: 1009, reason: 'send a short connection_init with an API key first' };
    }
    return this.#hold(this.#held.bytes + bytes)
      ? null
      : { code: 1013, reason: 'too many incomplete messages of this organization: send again later' };
  }

  /** Reserves so many bytes in total. @returns false if they exceed the limit; none are reserved then */
  #hold(bytes: number): boolean {
    this.#held.release();
    const release = this.#organizationId === null || bytes === 0 ? () => {} : this.#bodies.reserve(this.#organizationId, bytes);
    this.#held = release === null ? { bytes: 0, release: () => {} } : { bytes, release };
    return release !== null;
  }
}

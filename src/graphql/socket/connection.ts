import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Bodies } from '../../http/body.ts';
import { Arriving, type Closing } from './arriving.ts';

/** The interval of pings, as that of the comments in event streams; a client that does not answer one before the next is disconnected. */
const pingMs = 12_000;
/** The time that operations have left once a socket is to be closed. */
const graceMs = 4_000;
/** Bytes of a close reason. */
const longestReason = 120;

/** A WebSocket of a client: it sends in order, reads no more while the client takes nothing, and ends once its last operation has. */
export class Connection {
  /** Ends the operations that still begin when the client disconnects. */
  readonly gone = new AbortController();
  readonly #socket: WebSocket;
  readonly #arriving: Arriving;
  #running = 0;
  #closing: Closing | null = null;
  #whenEnded: (() => void)[] = [];

  constructor(socket: WebSocket, connection: Socket, bodies: Bodies) {
    this.#socket = socket;
    this.#arriving = new Arriving(bodies, (closing) => {
      this.close(closing);
      // Nothing more of the message is to arrive.
      connection.destroySoon();
    });
    this.#arriving.watch(socket, connection);
    this.#keepAlive();
    // Of a client that breaks the protocol: it is closed with the code that says so.
    socket.on('error', () => {});
    socket.once('close', () => {
      this.gone.abort();
      for (const callback of this.#whenEnded.splice(0)) callback();
    });
  }

  identify(organizationId: string): void {
    this.#arriving.identify(organizationId);
  }

  /** Calls back for each message. While it works, the socket is not closed in order. */
  onMessage(work: (message: string) => Promise<void>): void {
    this.#socket.on('message', async (message) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      this.#running += 1;
      await work(String(message));
      this.#running -= 1;
      this.#closeWhenIdle();
    });
  }

  /** Resolves once the message has left for the client; while others wait, nothing more is read from it. */
  send(message: string): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      socket.send(message, (error) => {
        if (socket.bufferedAmount === 0) socket.resume();
        if (error) reject(error);
        else resolve();
      });
      if (socket.bufferedAmount > 0) socket.pause();
    });
  }

  /** Closes it now. */
  close({ code, reason }: Closing): void {
    this.#socket.close(code, reason.slice(0, longestReason));
  }

  /** Closes it once its operations have ended, or have had their time. */
  closeInOrder(closing: Closing): void {
    if (this.#closing !== null) return;
    this.#closing = closing;
    const deadline = setTimeout(() => this.#socket.terminate(), graceMs).unref();
    this.whenEnded(() => clearTimeout(deadline));
    this.#closeWhenIdle();
  }

  whenEnded(callback: () => void): void {
    if (this.gone.signal.aborted) callback();
    else this.#whenEnded.push(callback);
  }

  #closeWhenIdle(): void {
    if (this.#closing !== null && this.#running === 0) this.close(this.#closing);
  }

  #keepAlive(): void {
    const socket = this.#socket;
    let heard = true;
    const hear = () => {
      heard = true;
    };
    socket.on('pong', hear).on('message', hear);
    const timer = setInterval(() => {
      // A client that has something to read may be slow: see `HeldAnswers`.
      if (socket.bufferedAmount > 0) return;
      if (!heard) return socket.terminate();
      heard = false;
      socket.ping();
    }, pingMs).unref();
    this.whenEnded(() => clearInterval(timer));
  }
}

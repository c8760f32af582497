import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Bodies } from '../../http/body.ts';
import { type Closing, IncompleteMessage } from './incomplete-message.ts';

/** The interval of pings, as of the comments in event streams. A client that does not answer a ping before the next is disconnected. */
const pingMs = 12_000;
/** The time for operations to end before a socket is closed. */
const graceMs = 4_000;
/** The longest close reason, in bytes. */
const longestReason = 120;

/** A WebSocket of a client. It sends in order, reads nothing while the client does not read, and closes after its last operation. */
export class Connection {
  /** Aborts when the client disconnects, and ends the operations that are still beginning. */
  readonly disconnected = new AbortController();
  readonly #socket: WebSocket;
  readonly #incomplete: IncompleteMessage;
  #running = 0;
  #closing: Closing | null = null;
  #whenEnded: (() => void)[] = [];

  constructor(socket: WebSocket, connection: Socket, bodies: Bodies) {
    this.#socket = socket;
    this.#incomplete = new IncompleteMessage(bodies, (closing) => {
      this.close(closing);
      // The rest of the message must not arrive.
      connection.destroySoon();
    });
    this.#incomplete.watch(socket, connection);
    this.#keepAlive();
    // The client broke the protocol: the library closes the socket with the code for it.
    socket.on('error', () => {});
    socket.once('close', () => {
      this.disconnected.abort();
      for (const callback of this.#whenEnded.splice(0)) callback();
    });
  }

  identify(organizationId: string): void {
    this.#incomplete.identify(organizationId);
  }

  /** Calls `work` for each message. `closeInOrder` waits for it. */
  onMessage(work: (message: string) => Promise<void>): void {
    this.#socket.on('message', async (message) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      this.#running += 1;
      await work(String(message));
      this.#running -= 1;
      this.#closeWhenIdle();
    });
  }

  /** Sends a message and resolves once it is written. While messages wait, nothing is read from the client. */
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

  /** Closes the socket now. */
  close({ code, reason }: Closing): void {
    this.#socket.close(code, reason.slice(0, longestReason));
  }

  /** Closes the socket once its operations have ended, or after a time limit. */
  closeInOrder(closing: Closing): void {
    if (this.#closing !== null) return;
    this.#closing = closing;
    const deadline = setTimeout(() => this.#socket.terminate(), graceMs).unref();
    this.whenEnded(() => clearTimeout(deadline));
    this.#closeWhenIdle();
  }

  whenEnded(callback: () => void): void {
    if (this.disconnected.signal.aborted) callback();
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
      // A client with unread answers may be slow: see `HeldAnswers`.
      if (socket.bufferedAmount > 0) return;
      if (!heard) return socket.terminate();
      heard = false;
      socket.ping();
    }, pingMs).unref();
    this.whenEnded(() => clearInterval(timer));
  }
}

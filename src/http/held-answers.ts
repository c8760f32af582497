import { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';

/** The limits of answers that wait for slow readers: bytes, and time. */
export interface Patience {
  /** Bytes of all answers that are written and not read yet. */
  maxHeldBytes: number;
  /** The time after which a client that takes nothing of its answer is disconnected. */
  answerTimeoutMs: number;
}

/** An answer over HTTP, or a connection that carries answers as messages. */
type Answer = ServerResponse | Socket;

/**
 * Answers that were written and that their clients have not read yet. Beyond the bound of their bytes the clients that were written to longest ago are
 * disconnected, so that a client that reads gets its answer whatever others do.
 */
export class HeldAnswers {
  readonly #patience: Patience;
  readonly #log: Logger;
  /** Bytes by the answer that they belong to, the one written to longest ago first. */
  readonly #written = new Map<Answer, number>();

  constructor(patience: Patience, log: Logger) {
    this.#patience = patience;
    this.#log = log;
  }

  /** Counts what is written to a response until it is read. A stream that nothing waits in may stay silent for as long as it likes. */
  watch(response: Answer): void {
    const write = { apply: (target: typeof response.write, self: unknown, args: unknown[]) => this.#count(response, target, self, args) };
    response.write = new Proxy(response.write, write);
    const end = { apply: (target: typeof response.end, self: unknown, args: unknown[]) => this.#count(response, target, self, args) };
    response.end = new Proxy(response.end, end);
    response.setTimeout(this.#patience.answerTimeoutMs, () => {
      if (response.writableLength > 0) this.#disconnect(response, 'a client took nothing of its answer for too long');
    });
    response.once('close', () => this.#written.delete(response));
  }

  // biome-ignore lint/complexity/noBannedTypes: either of two overloaded methods, whose result is passed on
  #count(response: Answer, method: Function, self: unknown, args: unknown[]) {
    const before = bytesOf(response, this.#written.get(response));
    const result = Reflect.apply(method, self, args);
    // The answer written to last is at the end.
    this.#written.delete(response);
    this.#written.set(response, before + lengthOf(args[0]));
    this.#relieve(response);
    return result;
  }

  /** Disconnects those who read slowest until the others fit; never the client that is being written to. */
  #relieve(current: Answer): void {
    let held = 0;
    for (const [response, written] of this.#written) held += bytesOf(response, written);
    for (const [response, written] of this.#written) {
      if (held <= this.#patience.maxHeldBytes || response === current) return;
      const bytes = bytesOf(response, written);
      held -= bytes;
      if (bytes > 0) this.#disconnect(response, 'a client was disconnected: too many answers wait to be read');
    }
  }

  #disconnect(response: Answer, message: string): void {
    this.#log.warn({ bytes: this.#written.get(response) }, message);
    this.#written.delete(response);
    // One behind another on the same connection has no socket of its own yet.
    const socket = response instanceof ServerResponse ? response.req.socket : response;
    socket.destroy();
  }
}

/** A buffer counts as unread until all of it is. */
function bytesOf({ writableLength }: Answer, written = 0): number {
  return writableLength === 0 ? 0 : written;
}

function lengthOf(chunk: unknown): number {
  if (typeof chunk === 'string') return Buffer.byteLength(chunk);
  return chunk instanceof Uint8Array ? chunk.byteLength : 0;
}

import { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';

/** The limits of answers that clients have not read. */
interface AnswerLimits {
  /** The most bytes of all unread answers. */
  maxHeldBytes: number;
  /** The time after which a client that reads nothing of its answer is disconnected. */
  answerTimeoutMs: number;
}

/** An answer over HTTP, or a connection that carries answers as messages. */
type Answer = ServerResponse | Socket;

/**
 * Answers that were written and that their clients have not read yet. If they have too many bytes, the clients to which nothing was written for the longest time are
 * disconnected, so that slow clients never stop the answer of a fast one.
 */
export class HeldAnswers {
  readonly #limits: AnswerLimits;
  readonly #log: Logger;
  /** The bytes of each answer, in the order of the last writes. */
  readonly #written = new Map<Answer, number>();
  /** The sum of `#written`: at least the bytes that are unread now. */
  #sum = 0;

  constructor(limits: AnswerLimits, log: Logger) {
    this.#limits = limits;
    this.#log = log;
  }

  /**
   * Counts the bytes written to a response until they are read. A stream without unread bytes may stay open without a limit.
   * @param count gets the bytes of each write
   */
  watch(response: Answer, count: (bytes: number) => void = () => {}): void {
    const write = {
      apply: (target: typeof response.write, self: unknown, args: unknown[]) => this.#count(response, target, self, args, count),
    };
    response.write = new Proxy(response.write, write);
    const end = {
      apply: (target: typeof response.end, self: unknown, args: unknown[]) => this.#count(response, target, self, args, count),
    };
    response.end = new Proxy(response.end, end);
    response.setTimeout(this.#limits.answerTimeoutMs, () => {
      if (response.writableLength > 0) this.#disconnect(response, 'a client was disconnected: it read nothing of its answer for too long');
    });
    response.once('close', () => this.#forget(response));
  }

  // biome-ignore lint/complexity/noBannedTypes: either of two overloaded methods, whose result is passed on
  #count(response: Answer, method: Function, self: unknown, args: unknown[], count: (bytes: number) => void) {
    const before = bytesOf(response, this.#written.get(response));
    const result = Reflect.apply(method, self, args);
    // Moves the answer to the end of the order.
    this.#forget(response);
    const bytes = lengthOf(args[0]);
    count(bytes);
    this.#written.set(response, before + bytes);
    this.#sum += before + bytes;
    this.#relieve(response);
    return result;
  }

  /** Disconnects the slowest readers until the other answers are within the limit; never the client that is written to now. */
  #relieve(current: Answer): void {
    // With many open streams, walking through all answers at each write would cost more than the write.
    if (this.#sum <= this.#limits.maxHeldBytes) return;
    for (const [response, written] of this.#written) {
      const bytes = bytesOf(response, written);
      this.#written.set(response, bytes);
      this.#sum += bytes - written;
    }
    for (const [response, bytes] of this.#written) {
      if (this.#sum <= this.#limits.maxHeldBytes || response === current) return;
      if (bytes > 0) this.#disconnect(response, 'a client was disconnected: unread answers hold too many bytes');
    }
  }

  #forget(response: Answer): void {
    this.#sum -= this.#written.get(response) ?? 0;
    this.#written.delete(response);
  }

  #disconnect(response: Answer, message: string): void {
    this.#log.warn({ bytes: this.#written.get(response) }, message);
    this.#forget(response);
    // A pipelined answer has no socket of its own yet, but its request does.
    const socket = response instanceof ServerResponse ? response.req.socket : response;
    socket.destroy();
  }
}

/** Returns all written bytes until the last of them was read, then 0. */
function bytesOf({ writableLength }: Answer, written = 0): number {
  return writableLength === 0 ? 0 : written;
}

function lengthOf(chunk: unknown): number {
  if (typeof chunk === 'string') return Buffer.byteLength(chunk);
  return chunk instanceof Uint8Array ? chunk.byteLength : 0;
}

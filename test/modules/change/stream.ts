// Subscribes as a frontend does: with a POST that is answered with server-sent events, or with an operation over a WebSocket.
import { expect } from 'vitest';
import type { App } from '../../../src/app.ts';
import type { GraphQLAnswer } from '../../support/harness.ts';
import { openSocket } from './socket-stream.ts';
import { within } from './within.ts';

/** A subscription that has begun: it gets everything that is recorded from then on. */
export interface Subscription {
  /** Returns the answer of the next event; null once the stream is complete. */
  next(): Promise<GraphQLAnswer | null>;
  /** Returns the only field of the next event. */
  // biome-ignore lint/suspicious/noExplicitAny: the test states the type of an event
  take(): Promise<any>;
  close(): Promise<void>;
}

export type Open = (app: App, key: string, query: string, variables?: Record<string, unknown>) => Promise<Subscription>;

/** The transports of subscriptions, which must behave alike. */
export const transports: [string, Open][] = [
  ['server-sent events', openStream],
  ['WebSocket', openSocket],
];

/** Opens a stream of server-sent events. */
export async function openStream(
  { fetch }: Pick<App, 'fetch'>,
  key: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Stream> {
  const response = await fetch(
    new Request('http://parley.test/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ query, variables }),
    }),
  );
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  if (response.body === null) throw new Error('a stream without a body');
  return new Stream(response.body);
}

export class Stream implements Subscription {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = '';

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  }

  async next(): Promise<GraphQLAnswer | null> {
    const [event, data = ''] = await within(this.#message());
    return event === 'event: complete' ? null : JSON.parse(data.slice('data: '.length));
  }

  // biome-ignore lint/suspicious/noExplicitAny: the test states the type of an event
  async take(): Promise<any> {
    const answer = await this.next();
    expect(answer?.errors).toBeUndefined();
    return Object.values(answer?.data ?? {})[0];
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }

  /** Returns the lines of the next message. Comments, which only keep the connection alive, are skipped. */
  async #message(): Promise<string[]> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await this.#reader.read();
        if (done) throw new Error('the stream ended without being complete');
        this.#text += value;
        continue;
      }
      const message = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      if (!message.startsWith(':')) return message.split('\n');
    }
  }
}

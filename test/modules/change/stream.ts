// A subscriber as a frontend is one: a POST whose answer is a stream of server-sent events, or an operation over a WebSocket.
import { expect } from 'vitest';
import type { App } from '../../../src/app.ts';
import type { GraphQLAnswer } from '../../support/harness.ts';
import { openSocket } from './socket-stream.ts';
import { within } from './within.ts';

/** A subscription that has begun: what is recorded from then on is in it. */
export interface Subscription {
  /** The next event's answer; null once the stream is complete. */
  next(): Promise<GraphQLAnswer | null>;
  /** The next event's only field. */
  // biome-ignore lint/suspicious/noExplicitAny: what a subscription gives is what the test says it is
  take(): Promise<any>;
  close(): Promise<void>;
}

export type Open = (app: App, key: string, query: string, variables?: Record<string, unknown>) => Promise<Subscription>;

/** Both ways in are to do the same. */
export const transports: [string, Open][] = [
  ['server-sent events', openStream],
  ['WebSocket', openSocket],
];

/** Opens a stream: what is recorded from then on is in it. */
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

  // biome-ignore lint/suspicious/noExplicitAny: what a subscription gives is what the test says it is
  async take(): Promise<any> {
    const answer = await this.next();
    expect(answer?.errors).toBeUndefined();
    return Object.values(answer?.data ?? {})[0];
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }

  /** The lines of the next message; comments keep the connection alive and say nothing. */
  async #message(): Promise<string[]> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await this.#reader.read();
        if (done) throw new Error('the stream broke off');
        this.#text += value;
        continue;
      }
      const message = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      if (!message.startsWith(':')) return message.split('\n');
    }
  }
}

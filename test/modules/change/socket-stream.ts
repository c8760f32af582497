// Subscribes over WebSocket, with the client of graphql-ws and a real port.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, createClient } from 'graphql-ws';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { App } from '../../../src/app.ts';
import type { GraphQLAnswer } from '../../support/harness.ts';
import { within } from './within.ts';

const urls = new WeakMap<App, Promise<string>>();

/** Returns the address of an app's WebSockets. The app listens on a port of its own until the test file ends. */
export function socketUrl(app: App): Promise<string> {
  const known = urls.get(app);
  if (known !== undefined) return known;
  const server = createServer(app.handler).on('upgrade', app.upgrade).listen(0, '127.0.0.1').unref();
  const url = once(server, 'listening').then(() => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  urls.set(app, url);
  return url;
}

/** Returns a client that reports a closed socket at once, instead of connecting again. */
export async function socketClient(app: App, connectionParams: Record<string, unknown>): Promise<Client> {
  return createClient({ url: await socketUrl(app), webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });
}

/** Opens a socket with one subscription. It resolves after a pong, which comes once the subscription has begun. */
export async function openSocket(app: App, key: string, query: string, variables: Record<string, unknown> = {}): Promise<SocketStream> {
  const client = await socketClient(app, { Authorization: `Bearer ${key}` });
  const begun = new Promise<void>((resolve, reject) => {
    client.on('connected', (socket) => setImmediate(() => (socket as WebSocket).send('{"type":"ping"}')));
    client.on('pong', () => resolve());
    client.on('closed', reject);
  });
  const stream = new SocketStream(client, query, variables);
  await within(begun);
  return stream;
}

type Outcome = { answer: GraphQLAnswer | null } | { error: unknown };

/** One subscription on a socket of its own. */
export class SocketStream {
  readonly #client: Client;
  readonly #closed: Promise<unknown>;
  readonly #complete: () => void;
  readonly #arrived: Outcome[] = [];
  #wake = () => {};

  constructor(client: Client, query: string, variables: Record<string, unknown>) {
    this.#client = client;
    this.#closed = new Promise((resolve) => client.on('closed', resolve));
    // Not `iterate`: it would wait forever for an event that arrived before the call.
    this.#complete = client.subscribe(
      { query, variables },
      {
        next: (answer) => this.#arrive({ answer: answer as GraphQLAnswer }),
        error: (error) => this.#arrive({ error }),
        complete: () => this.#arrive({ answer: null }),
      },
    );
  }

  /** The event with which the socket was closed. */
  get closed(): Promise<unknown> {
    return within(this.#closed);
  }

  async next(): Promise<GraphQLAnswer | null> {
    while (this.#arrived.length === 0) await within(new Promise<void>((resolve) => (this.#wake = resolve)));
    const [outcome] = this.#arrived.splice(0, 1);
    if (outcome === undefined) throw new Error('nothing arrived');
    if ('answer' in outcome) return outcome.answer;
    if (!Array.isArray(outcome.error)) throw outcome.error;
    // An operation that was refused before it ran is complete.
    this.#arrived.push({ answer: null });
    return { data: undefined, errors: outcome.error };
  }

  // biome-ignore lint/suspicious/noExplicitAny: the test states the type of an event
  async take(): Promise<any> {
    const answer = await this.next();
    expect(answer?.errors).toBeUndefined();
    return Object.values(answer?.data ?? {})[0];
  }

  async close(): Promise<void> {
    this.#complete();
    await this.#client.dispose();
    await this.closed;
  }

  #arrive(outcome: Outcome): void {
    this.#arrived.push(outcome);
    this.#wake();
  }
}

// A page with a React root, and Relay's environment as its documentation builds one.
import './dom.ts';

import { isDeepStrictEqual } from 'node:util';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { type ReactNode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay';
import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  Store,
  type SubscribeFunction,
} from 'relay-runtime';
import { expect, onTestFinished, vi } from 'vitest';
import { headersOf, socketUrl, url } from '../support/gateway.ts';
import type { File } from '../support/server.ts';

export type Transport = 'server-sent events' | 'WebSocket';

export function environment(file: File, transport: Transport = 'server-sent events'): Environment {
  const headers = headersOf(file);
  const fetchQuery: FetchFunction = async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  };
  const client =
    transport === 'WebSocket' ? createSocketClient({ url: socketUrl, connectionParams: headers }) : createSseClient({ url, headers });
  onTestFinished(() => client.dispose());
  const subscribe: SubscribeFunction = ({ text, name }, variables) =>
    Observable.create((sink) =>
      client.subscribe(
        { query: text ?? '', operationName: name, variables },
        { next: (value) => sink.next(value as GraphQLResponse), error: (error) => sink.error(error as Error), complete: sink.complete },
      ),
    );
  return new Environment({ network: Network.create(fetchQuery, subscribe), store: new Store(new RecordSource()) });
}

/** Renders a page; returns what a user sees of it and does to it. */
export function show(relay: Environment, page: ReactNode) {
  const container = document.body.appendChild(document.createElement('main'));
  const rows = () => [...container.querySelectorAll('li')].map(({ textContent }) => textContent);
  const seen: string[][] = [];
  const observer = new window.MutationObserver(() => {
    if (rows().length > 0 && !isDeepStrictEqual(rows(), seen.at(-1))) seen.push(rows());
  });
  observer.observe(container, { childList: true, subtree: true, characterData: true });
  const root = createRoot(container);
  onTestFinished(() => root.unmount());
  root.render(
    <RelayEnvironmentProvider environment={relay}>
      <Suspense fallback="Loading">{page}</Suspense>
    </RelayEnvironmentProvider>,
  );
  const button = (name: string) => [...container.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  return {
    /** Every list that was shown, in order. */
    seen: () => seen,
    /** Waits until exactly these rows are shown, in this order. */
    sees: (expected: readonly string[]) => vi.waitFor(() => expect(rows()).toEqual(expected), { timeout: 20_000 }),
    shows: (name: string) => button(name) !== undefined,
    click(name: string) {
      const found = button(name);
      if (found === undefined) throw new Error(`there is no button ${name}: ${container.textContent}`);
      found.click();
    },
  };
}

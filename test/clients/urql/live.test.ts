// Live messages with urql and graphcache: an event's edge is written into the cache, over server-sent events and over WebSocket.
import { type Exchange, gql, subscriptionExchange, type TypedDocumentNode } from '@urql/core';
import type { UpdatesConfig } from '@urql/exchange-graphcache';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { expect, onTestFinished, test } from 'vitest';
import { pipe, subscribe } from 'wonka';
import type { LatestData, RecordedData, RecordedVariables, ThreadVariables } from '../support/documents.ts';
import * as documents from '../support/documents.ts';
import { headersOf, record, socketUrl, thread, url } from '../support/gateway.ts';
import { openThread, threadQuery, urql } from './client.ts';

const file = 'urql/live';

type Client = Pick<ReturnType<typeof createSseClient> | ReturnType<typeof createSocketClient>, 'dispose'> & {
  subscribe: ReturnType<typeof createSseClient>['subscribe'];
};

const transports: [string, () => Client][] = [
  ['server-sent events', () => createSseClient({ url, headers: headersOf(file) })],
  ['WebSocket', () => createSocketClient({ url: socketUrl, connectionParams: headersOf(file) }) as Client],
];

function liveExchange(client: Client): Exchange {
  onTestFinished(() => client.dispose());
  return subscriptionExchange({
    forwardSubscription: ({ query = '', variables }) => ({
      subscribe: (sink) => ({
        unsubscribe: client.subscribe({ query, variables }, { ...sink, next: (value) => sink.next(value as never) }),
      }),
    }),
  });
}

const recordedSubscription: TypedDocumentNode<RecordedData, RecordedVariables> = gql(documents.recorded);
const latestQuery: TypedDocumentNode<LatestData> = gql(documents.latest);

/** Adds each event's edge to the page that a thread was opened with. */
const addTo = (variables: ThreadVariables): UpdatesConfig => ({
  Subscription: {
    messageRecorded(result, _args, cache) {
      const { messageEdge } = (result as unknown as RecordedData).messageRecorded;
      cache.updateQuery({ query: threadQuery, variables }, (data) => {
        if (messageEdge) data?.conversation?.messages?.edges.push(messageEdge);
        return data;
      });
    },
  },
});

test.each(transports)('live messages are added to a thread in order, each once: %s', async (name, transport) => {
  const contactNumber = name === 'WebSocket' ? '+15550004001' : '+15550004002';
  const { conversation } = await record(file, contactNumber, thread(0, 9));
  const opened = { id: conversation.id, last: 4 };
  const client = urql(file, { live: liveExchange(transport()), updates: addTo(opened) });
  const { data } = await client.query(latestQuery, {});
  const page = openThread(client, opened);
  await page.sees(thread(6, 9));
  const { unsubscribe } = pipe(
    client.subscription(recordedSubscription, { id: conversation.id, after: data?.changes?.latestCursor }),
    subscribe(() => {}),
  );
  onTestFinished(unsubscribe);
  await record(file, contactNumber, ['live 1', 'live 2']);
  await page.sees([...thread(6, 9), 'live 1', 'live 2']);
  await record(file, contactNumber, ['live 3']);
  await page.sees([...thread(6, 9), 'live 1', 'live 2', 'live 3']);
  page.earlier(4);
  await page.sees([...thread(2, 9), 'live 1', 'live 2', 'live 3']);
});

test.each(transports)('a refused subscription has the reason: %s', async (_name, transport) => {
  const client = urql(file, { live: liveExchange(transport()) });
  const refused = new Promise((resolve) => {
    const { unsubscribe } = pipe(
      client.subscription(recordedSubscription, { id: 'nothing' }),
      subscribe(({ error }) => resolve(error?.message)),
    );
    onTestFinished(unsubscribe);
  });
  expect(await refused).toMatch(/conversationId/);
});

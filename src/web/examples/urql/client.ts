import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { createClient } from 'graphql-sse';
import { type Arrived, threadQuery } from './documents.ts';

/** Creates a client of a gateway. `url`: such as http://localhost:4000/graphql. */
export function parleyClient(url: string, key: string): Client {
  const headers = { authorization: `Bearer ${key}` };
  const live = createClient({ url, headers });
  return new Client({
    url,
    // The cache keeps pages together; the gateway needs no GET.
    preferGetMethod: false,
    fetchOptions: { headers },
    exchanges: [
      cacheExchange({
        resolvers: { Query: { conversations: relayPagination() }, Conversation: { messages: relayPagination({ mergeMode: 'outwards' }) } },
        updates: {
          Subscription: {
            // A new message goes to the end of the page that the thread was opened with.
            messageRecorded(result, { conversationId }, cache) {
              const { messageEdge } = (result as unknown as Arrived).messageRecorded;
              if (messageEdge === null || typeof conversationId !== 'string') return;
              cache.updateQuery({ query: threadQuery, variables: { id: conversationId, last: 5 } }, (data) => {
                data?.conversation?.messages.edges.push(messageEdge);
                return data;
              });
            },
          },
        },
      }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: live.subscribe({ query, variables }, { ...sink, next: (value) => sink.next(value as Parameters<typeof sink.next>[0]) }),
          }),
        }),
      }),
    ],
  });
}

// Apollo Client as its documentation builds one, with relayStylePagination for both lists.
import { ApolloClient, type ApolloLink, gql, HttpLink, InMemoryCache, type TypedDocumentNode } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { expect, onTestFinished, vi } from 'vitest';
import type { ThreadData, ThreadVariables } from '../support/documents.ts';
import * as documents from '../support/documents.ts';
import { headersOf, url } from '../support/gateway.ts';
import type { File } from '../support/server.ts';

/** A client of one test file's organization. `link`: where operations are sent otherwise than by POST. */
export function apollo(file: File, link: ApolloLink = new HttpLink({ uri: url, headers: headersOf(file) })): ApolloClient {
  const cache = new InMemoryCache({
    typePolicies: {
      Query: { fields: { conversations: relayStylePagination(['filter', 'orderBy']) } },
      // A page around a message begins a list of its own.
      Conversation: { fields: { messages: relayStylePagination(['filter', 'orderBy', 'around']) } },
    },
  });
  const client = new ApolloClient({ cache, link });
  onTestFinished(() => client.stop());
  return client;
}

export const threadQuery: TypedDocumentNode<ThreadData, ThreadVariables> = gql(documents.thread);

/** Opens a thread; returns what its page shows and does. */
export function openThread(client: ApolloClient, variables: ThreadVariables) {
  const query = client.watchQuery({ query: threadQuery, variables });
  const subscription = query.subscribe(() => {});
  onTestFinished(() => subscription.unsubscribe());
  const messages = () => {
    const { data, error } = query.getCurrentResult();
    if (error) throw error;
    const { edges, pageInfo } = (data as ThreadData | undefined)?.conversation?.messages ?? { edges: [], pageInfo: null };
    return { edges, pageInfo };
  };
  const rows = () => messages().edges.map(({ node }) => node.body);
  return {
    query,
    /** Waits until exactly these messages are shown, in this order. */
    sees: (expected: readonly string[]) => vi.waitFor(() => expect(rows()).toEqual(expected), { timeout: 20_000 }),
    more: () => ({ earlier: messages().pageInfo?.hasPreviousPage, later: messages().pageInfo?.hasNextPage }),
    earlier: (last: number) => query.fetchMore({ variables: { last, before: messages().pageInfo?.startCursor } }),
    later: (first: number) => query.fetchMore({ variables: { first, after: messages().pageInfo?.endCursor } }),
  };
}

// urql with graphcache as its documentation builds one, with relayPagination for both lists.
import { Client, type Exchange, fetchExchange, gql, type TypedDocumentNode } from '@urql/core';
import { cacheExchange, type UpdatesConfig } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { expect, onTestFinished, vi } from 'vitest';
import { pipe, subscribe } from 'wonka';
import type { ThreadData, ThreadVariables } from '../support/documents.ts';
import * as documents from '../support/documents.ts';
import { headersOf, url } from '../support/gateway.ts';
import type { File } from '../support/server.ts';

interface Means {
  /** Follows subscriptions. */
  live?: Exchange;
  updates?: UpdatesConfig;
}

export function urql(file: File, { live, updates }: Means = {}): Client {
  const cache = cacheExchange({
    resolvers: {
      Query: { conversations: relayPagination() },
      // A thread grows at both ends from the page that it was opened with.
      Conversation: { messages: relayPagination({ mergeMode: 'outwards' }) },
    },
    updates,
  });
  const exchanges = [cache, ...(live ? [live] : []), fetchExchange];
  return new Client({ url, exchanges, preferGetMethod: false, fetchOptions: { headers: headersOf(file) } });
}

export const threadQuery: TypedDocumentNode<ThreadData, ThreadVariables> = gql(documents.thread);

/** Follows a query; `data` is what its page shows now. */
export function follow<Data, Variables extends object>(client: Client, query: TypedDocumentNode<Data, Variables>, variables: Variables) {
  const shown: { data?: Data } = {};
  const failed: { error?: Error } = {};
  const { unsubscribe } = pipe(
    client.query(query, variables),
    subscribe(({ data, error }) => {
      if (error) failed.error = error;
      else shown.data = data;
    }),
  );
  onTestFinished(unsubscribe);
  return {
    unsubscribe,
    get data() {
      if (failed.error) throw failed.error;
      return shown.data;
    },
  };
}

/** Opens a thread; returns what its page shows and does. */
export function openThread(client: Client, variables: ThreadVariables) {
  let page = follow(client, threadQuery, variables);
  const messages = () => page.data?.conversation?.messages;
  const rows = () => messages()?.edges.map(({ node }) => node.body);
  const show = (changed: Partial<ThreadVariables>) => {
    const { unsubscribe } = page;
    page = follow(client, threadQuery, { ...variables, ...changed });
    unsubscribe();
  };
  return {
    /** Waits until exactly these messages are shown, in this order. */
    sees: (expected: readonly string[]) => vi.waitFor(() => expect(rows()).toEqual(expected), { timeout: 20_000 }),
    more: () => ({ earlier: messages()?.pageInfo.hasPreviousPage, later: messages()?.pageInfo.hasNextPage }),
    earlier: (last: number) => show({ last, before: messages()?.pageInfo.startCursor }),
    later: (first: number) => show({ first, after: messages()?.pageInfo.endCursor }),
  };
}

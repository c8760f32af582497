import type { Client } from '@urql/core';
import { pipe, subscribe } from 'wonka';
import { arrivedSubscription, latestQuery, type Thread, threadQuery } from './documents.ts';

/** Shows a conversation: `show` gets its messages, oldest first, whenever they change. */
export async function openThread(client: Client, id: string, show: (bodies: (string | null)[]) => void) {
  // From here on, so that no message falls between the page and the first event.
  const { data } = await client.query(latestQuery, {}, { requestPolicy: 'network-only' });
  const live = pipe(
    client.subscription(arrivedSubscription, { id, after: data?.changes.latestCursor ?? '' }),
    subscribe(() => {}),
  );
  let shown: Thread['conversation'] = null;
  const watch = (before: string | null) =>
    pipe(
      client.query(threadQuery, before === null ? { id, last: 5 } : { id, last: 5, before }),
      subscribe(({ data }) => {
        shown = data?.conversation ?? null;
        show(shown?.messages.edges.map(({ node }) => node.body) ?? []);
      }),
    );
  let page = watch(null);
  return {
    /** Loads older messages into the same list. */
    older() {
      const previous = page;
      page = watch(shown?.messages.pageInfo.startCursor ?? null);
      previous.unsubscribe();
    },
    close() {
      page.unsubscribe();
      live.unsubscribe();
    },
  };
}

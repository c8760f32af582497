// Live messages with Apollo Client: over server-sent events by the link that graphql-sse documents, and over WebSocket by Apollo's own.
import { ApolloLink, gql, HttpLink, type TypedDocumentNode } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition } from '@apollo/client/utilities';
import { print } from 'graphql';
import { type ClientOptions, createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { Observable } from 'rxjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LatestData, MessageEdge, RecordedData, RecordedVariables, ThreadData } from '../support/documents.ts';
import * as documents from '../support/documents.ts';
import { headersOf, record, socketUrl, thread, url } from '../support/gateway.ts';
import { apollo, openThread } from './client.ts';

const file = 'apollo/live';

/** Sends subscriptions by graphql-sse, with every property of Apollo's operation. */
class ServerSentEventsLink extends ApolloLink {
  readonly #client;

  constructor(options: ClientOptions) {
    super();
    this.#client = createSseClient(options);
  }

  override request(operation: ApolloLink.Operation) {
    return new Observable<ApolloLink.Result>((sink) =>
      this.#client.subscribe<Record<string, unknown>>(
        { ...operation, query: print(operation.query) },
        { next: (value) => sink.next(value as ApolloLink.Result), error: (error) => sink.error(error), complete: () => sink.complete() },
      ),
    );
  }
}

function socketLink() {
  const client = createSocketClient({ url: socketUrl, connectionParams: headersOf(file) });
  onTestFinished(() => client.dispose());
  return new GraphQLWsLink(client);
}

function follower(live: ApolloLink) {
  const isLive = ({ query }: ApolloLink.Operation) => {
    const definition = getMainDefinition(query);
    return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
  };
  return apollo(file, ApolloLink.split(isLive, live, new HttpLink({ uri: url, headers: headersOf(file) })));
}

const recordedSubscription: TypedDocumentNode<RecordedData, RecordedVariables> = gql(documents.recorded);
const latestQuery: TypedDocumentNode<LatestData> = gql(documents.latest);

function withEdge(data: ThreadData, edge: MessageEdge | null): ThreadData {
  const list = data.conversation?.messages;
  if (!data.conversation || !list || !edge) return data;
  return { conversation: { ...data.conversation, messages: { ...list, edges: [...list.edges, edge] } } };
}

let contacts = 0;

describe.each([
  ['server-sent events', () => new ServerSentEventsLink({ url, headers: headersOf(file) })],
  ['WebSocket', socketLink],
])('%s', (_name, link) => {
  test('live messages are added to a thread in order, each once', async () => {
    contacts += 1;
    const contactNumber = `+1555000400${contacts}`;
    const { conversation } = await record(file, contactNumber, thread(0, 9));
    const client = follower(link());
    const { data } = await client.query({ query: latestQuery });
    const page = openThread(client, { id: conversation.id, last: 4 });
    await page.sees(thread(6, 9));
    const stop = page.query.subscribeToMore({
      document: recordedSubscription,
      variables: { id: conversation.id, after: data?.changes?.latestCursor },
      updateQuery: (_unsafe, { subscriptionData, previousData, complete }) =>
        complete ? withEdge(previousData as ThreadData, (subscriptionData.data as RecordedData).messageRecorded.messageEdge) : undefined,
    });
    onTestFinished(stop);
    await record(file, contactNumber, ['live 1', 'live 2']);
    await page.sees([...thread(6, 9), 'live 1', 'live 2']);
    await record(file, contactNumber, ['live 3']);
    await page.sees([...thread(6, 9), 'live 1', 'live 2', 'live 3']);
    await page.earlier(4);
    await page.sees([...thread(2, 9), 'live 1', 'live 2', 'live 3']);
  });

  test('a refused subscription has the reason', async () => {
    const refused = new Promise((resolve) => {
      const subscription = follower(link())
        .subscribe({ query: recordedSubscription, variables: { id: 'nothing' } })
        .subscribe({ next: ({ error }) => resolve(error?.message), error: resolve });
      onTestFinished(() => subscription.unsubscribe());
    });
    expect(await refused).toMatch(/conversationId/);
  });
});

test('server-sent events: a key that is not valid is refused with a sentence', async () => {
  const client = follower(new ServerSentEventsLink({ url, headers: { authorization: 'Bearer am_live_0000000000000000000000000000000' } }));
  const refused = new Promise((resolve) => {
    client
      .subscribe({ query: recordedSubscription, variables: { id: 'any' } })
      .subscribe({ next: ({ error }) => resolve(error?.message), error: resolve });
  });
  expect(await refused).toMatch(/key/);
});

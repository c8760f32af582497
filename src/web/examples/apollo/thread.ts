import { type ApolloClient, gql, type TypedDocumentNode } from '@apollo/client';

interface Edge {
  cursor: string;
  node: { id: string; body: string | null };
}

interface Thread {
  conversation: { id: string; messages: { edges: Edge[]; pageInfo: { hasPreviousPage: boolean; startCursor: string | null } } } | null;
}

const threadQuery: TypedDocumentNode<Thread, { id: string; last: number; before?: string | null }> = gql`
  query Thread($id: ID!, $last: Int!, $before: String) {
    conversation(id: $id) {
      id
      messages(last: $last, before: $before) {
        edges { cursor node { id body } }
        pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
      }
    }
  }
`;

const arrivedSubscription: TypedDocumentNode<{ messageRecorded: { messageEdge: Edge | null } }, { id: string; after: string | null }> = gql`
  subscription Arrived($id: ID!, $after: String) {
    messageRecorded(conversationId: $id, after: $after) { messageEdge { cursor node { id body } } }
  }
`;

const latestQuery: TypedDocumentNode<{ changes: { latestCursor: string } }> = gql`
  query Latest { changes(first: 1) { latestCursor } }
`;

/** Shows a conversation: `show` gets its messages, oldest first, whenever they change. */
export async function openThread(client: ApolloClient, id: string, show: (bodies: (string | null)[]) => void) {
  // From here on, so that no message falls between the page and the first event.
  const { data } = await client.query({ query: latestQuery, fetchPolicy: 'network-only' });
  const thread = client.watchQuery({ query: threadQuery, variables: { id, last: 5 } });
  const messages = () => (thread.getCurrentResult().data as Thread | undefined)?.conversation?.messages;
  const shown = thread.subscribe(() => show(messages()?.edges.map(({ node }) => node.body) ?? []));
  const live = thread.subscribeToMore({
    document: arrivedSubscription,
    variables: { id, after: data?.changes.latestCursor ?? null },
    updateQuery: (_unsafe, { complete, previousData, subscriptionData }) => {
      const edge = subscriptionData.data.messageRecorded.messageEdge;
      if (!complete || edge === null) return undefined;
      const { conversation } = previousData as Thread;
      if (conversation === null) return undefined;
      return { conversation: { ...conversation, messages: { ...conversation.messages, edges: [...conversation.messages.edges, edge] } } };
    },
  });
  return {
    /** Loads older messages into the same list. */
    older: () => thread.fetchMore({ variables: { before: messages()?.pageInfo.startCursor ?? null } }),
    close() {
      live();
      shown.unsubscribe();
    },
  };
}

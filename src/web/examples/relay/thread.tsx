import { useMemo } from 'react';
import { graphql, useLazyLoadQuery, usePaginationFragment, useSubscription } from 'react-relay';
import type { threadArrivedSubscription } from './__generated__/threadArrivedSubscription.graphql.ts';
import type { thread_conversation$key } from './__generated__/thread_conversation.graphql.ts';
import type { threadOlderQuery } from './__generated__/threadOlderQuery.graphql.ts';
import type { threadQuery } from './__generated__/threadQuery.graphql.ts';

/** Shows a conversation: its last messages, older ones on request, and new ones as they arrive. */
export function Thread({ id }: { id: string }) {
  const { conversation, changes } = useLazyLoadQuery<threadQuery>(
    graphql`
      query threadQuery($id: ID!) {
        changes(first: 1) { latestCursor }
        conversation(id: $id) { ...thread_conversation }
      }
    `,
    { id },
  );
  if (conversation == null || changes == null) return <p>There is no such conversation.</p>;
  return <Messages id={id} conversation={conversation} after={changes.latestCursor} />;
}

interface Loaded {
  id: string;
  conversation: thread_conversation$key;
  /** The events after this cursor are new. */
  after: string;
}

function Messages({ id, conversation, after }: Loaded) {
  const { data, hasPrevious, loadPrevious } = usePaginationFragment<threadOlderQuery, thread_conversation$key>(
    graphql`
      fragment thread_conversation on Conversation
      @refetchable(queryName: "threadOlderQuery")
      @argumentDefinitions(last: { type: "Int", defaultValue: 5 }, before: { type: "String" }) {
        messages(last: $last, before: $before) @connection(key: "thread_messages") {
          __id
          edges { node { id body } }
        }
      }
    `,
    conversation,
  );
  const list = data.messages?.__id ?? '';
  useSubscription<threadArrivedSubscription>(
    useMemo(
      () => ({
        subscription: graphql`
          subscription threadArrivedSubscription($id: ID!, $after: String, $lists: [ID!]!) {
            messageRecorded(conversationId: $id, after: $after) {
              messageEdge @appendEdge(connections: $lists) { cursor node { id body } }
            }
          }
        `,
        variables: { id, after, lists: [list] },
      }),
      [id, after, list],
    ),
  );
  return (
    <>
      {hasPrevious && (
        <button type="button" onClick={() => loadPrevious(5)}>
          Older messages
        </button>
      )}
      <ol>
        {data.messages?.edges.map(({ node }) => (
          <li key={node.id}>{node.body}</li>
        ))}
      </ol>
    </>
  );
}

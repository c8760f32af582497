import { useState } from 'react';
import { graphql, useFragment, useMutation } from 'react-relay';
import { useMayWrite } from '../key/scopes.ts';
import type { markRead_conversation$key } from './__generated__/markRead_conversation.graphql.ts';
import type { markReadMutation } from './__generated__/markReadMutation.graphql.ts';

/** A button while the conversation has unread messages. Opening it does not mark it: its colleagues share this state. */
export function MarkRead({ conversation }: { conversation: markRead_conversation$key }) {
  const { id, unreadCount, readThrough } = useFragment(
    graphql`
      fragment markRead_conversation on Conversation {
        id
        unreadCount
        readThrough
      }
    `,
    conversation,
  );
  const mayWrite = useMayWrite();
  const [problem, setProblem] = useState<string | null>(null);
  const [commit, isInFlight] = useMutation<markReadMutation>(graphql`
    mutation markReadMutation($input: MarkConversationReadInput!) {
      markConversationRead(input: $input) {
        conversation {
          ...markRead_conversation
        }
      }
    }
  `);
  if (unreadCount === 0 && !isInFlight) return null;
  const mark = () =>
    commit({
      variables: { input: { id } },
      onError: ({ message }) => setProblem(message),
      optimisticResponse: { markConversationRead: { conversation: { __typename: 'Conversation', id, unreadCount: 0, readThrough } } },
    });
  return (
    <>
      {problem !== null && <span role="alert">{problem}</span>}
      <button
        type="button"
        className="primary"
        disabled={!mayWrite || isInFlight}
        title={mayWrite ? undefined : 'The key needs the scope conversations:write'}
        onClick={mark}
      >
        Mark as read
      </button>
    </>
  );
}

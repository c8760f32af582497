import { useEffect, useEffectEvent, useState } from 'react';
import { graphql, requestSubscription, useRelayEnvironment } from 'react-relay';
import type { useLiveSubscription, useLiveSubscription$data } from './__generated__/useLiveSubscription.graphql.ts';
import { keepOpen, type StreamState } from './keep-open.ts';
import { updateLists } from './update-lists.ts';

export type Change = useLiveSubscription$data['conversationChanged'];

const subscription = graphql`
  subscription useLiveSubscription($after: String!) {
    conversationChanged(after: $after) {
      changeKind
      cursor
      conversationId
      messageId
      conversation { id ...row_conversation ...header_conversation ...details_conversation }
      message { id ...message_message ...announcer_message }
      messageEdge { cursor node { id createdAt createdAtRank } }
    }
  }
`;

/** Follows all changes after a cursor: Relay writes each into its store. After a break it continues after the last change, so it misses nothing. */
export function useLive(after: string, onChange: (change: Change) => void): StreamState {
  const environment = useRelayEnvironment();
  const [state, setState] = useState<StreamState>('waiting');
  const [failure, setFailure] = useState<Error | null>(null);
  const receive = useEffectEvent(onChange);

  useEffect(() => {
    let position = after;
    return keepOpen({
      onState: setState,
      onFailure: setFailure,
      open: ({ onOpen, onError, onCompleted }) =>
        requestSubscription<useLiveSubscription>(environment, {
          subscription,
          variables: { after: position },
          cacheConfig: { metadata: { onOpen } },
          updater: updateLists,
          onNext: (data) => {
            if (data == null) return;
            position = data.conversationChanged.cursor;
            receive(data.conversationChanged);
          },
          onError,
          onCompleted,
        }),
    });
  }, [environment, after]);

  // The nearest boundary shows the failure and offers a new start.
  if (failure !== null) throw failure;
  return state;
}
